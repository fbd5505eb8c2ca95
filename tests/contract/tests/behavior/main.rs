//! The facade, noun by noun, on a mock portal or a live one: the calls, their checks of the input,
//! and their verification of the result.
//!
//! A test belongs in the module of the noun it is about. The effects of faults, limits, time and
//! other programs are tested in `resilience`.

mod audit;
mod blocking;
mod connection;
mod contents;
mod credentials;
mod fixture;
mod history;
mod invalid_input;
mod keys;
mod links;
mod members;
mod operations;
mod people;
mod permissions;
mod raw_calls;
mod room_groups;
mod rooms;
mod scopes;
mod sign_in;
mod tags;
mod tasks;
mod templates;
mod visitors;
mod webhook_receivers;
mod webhooks;
