//! Helpers of the unit tests: parsing the flags of one command, and a session on a mock portal.

use clap::Args;
use docspace::Portal;
use docspace_mock::MockPortal;

use crate::session::Session;
use crate::terminal::Terminal;

/// Parses the arguments of one command.
pub(crate) fn parse<C: Args>(arguments: &[&str]) -> Result<C, clap::Error> {
    let command = C::augment_args(clap::Command::new("test").no_binary_name(true));
    C::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// Parses the arguments of one command, and panics if they are wrong.
pub(crate) fn parsed<C: Args>(arguments: &[&str]) -> C {
    parse(arguments).unwrap_or_else(|error| panic!("{error}"))
}

/// Starts a mock portal, and returns it with a session of its owner, without a terminal.
pub(crate) async fn mock_session() -> (MockPortal, Session) {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).build().expect("an address");
    (mock, Session { portal, terminal: Terminal::none() })
}
