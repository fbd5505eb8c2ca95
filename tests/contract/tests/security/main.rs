//! Whether the client keeps secrets to itself, and keeps its caller safe from hostile texts: no output shows a
//! credential, none goes to another server, no value changes the path of a call, and no text of a portal controls a
//! terminal.

mod control_characters;
mod paths;
mod redirects;
mod secrets;
