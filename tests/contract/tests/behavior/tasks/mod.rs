//! Tasks of integrators, each as a function to copy and a test that runs it.
//!
//! crates/docspace/examples/README.md lists them together with the example programs.

mod abandoned_rooms;
mod board_room;
mod client_room;
mod compliance_report;
mod configure_new_rooms;
mod guests_out_on_archive;
mod home_room;
mod inactive_people;
mod offboarding;
mod share_folder;
mod ticket_room;
mod watch_room;
mod weekly_report;
mod welcome_pack;

use contract::server::Server;
use docspace::webhooks::Receiver;

/// The secret of the webhooks in these tests.
const SECRET: &str = "Wh-Secr3t.2026";

/// A web server that accepts every delivery.
fn web_server() -> Server {
    Server::start(|_| (200, String::new(), String::new()))
}

/// The body and the signature of each delivery that a web server has received.
fn deliveries(server: &Server) -> Vec<(String, String)> {
    let posts = server.received().into_iter().filter(|request| request.method == "POST");
    let signature = |headers: &str| {
        let mut pairs = headers.lines().filter_map(|line| line.split_once(':'));
        let found = pairs.find(|(name, _)| name.eq_ignore_ascii_case(Receiver::SIGNATURE_HEADER));
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    posts.map(|request| (request.body, signature(&request.headers))).collect()
}
