//! Security of the client: no output shows a credential, no credential is sent to another server,
//! no value changes the path of a call, and no text from a portal controls a terminal.

mod control_characters;
mod paths;
mod redirects;
mod secrets;
