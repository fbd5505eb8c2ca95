//! What the facade does with each noun, on a mock portal or on a live one: the calls, what they check before they send
//! anything, and what they verify afterwards.
//!
//! A test belongs in the module of the noun it is about. What faults, limits, time and other programs do to a call is
//! tested in `resilience`.

#[cfg(feature = "blocking")]
mod blocking;
mod credentials;
mod fixture;
mod invalid_input;
mod keys;
mod links;
mod members;
mod operations;
mod people;
mod permissions;
mod room_groups;
mod rooms;
mod scopes;
mod sign_in;
mod tags;
mod templates;
mod visitors;
