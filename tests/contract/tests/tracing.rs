//! The events and spans that a subscriber receives at the level TRACE, including those of the HTTP
//! client: they show the calls and the number of attempts, and no secret.
//!
//! This test has its own binary, since it installs a subscriber for the whole process, which would
//! also receive the events of other tests.

use std::io;
use std::sync::{Arc, Mutex};

use contract::target::Target;
use docspace::{Access, Portal, RoomType};
use docspace_mock::Fault;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

const PASSWORD: &str = "Tr0ub4dor&3";

/// The output of the subscriber.
#[derive(Clone, Debug, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Output {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn traces_show_calls_and_attempts_but_no_secret() {
    let output = Output::default();
    // The subscriber is global, since the HTTP client uses other threads too.
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(output.clone())
        .init();
    let mut secrets = vec![PASSWORD.to_owned()];
    Target::on_mock(async |target, mock| {
        let signed_in =
            Portal::builder(target.url()).sign_in(mock.email("owner"), mock.password("owner")).await.unwrap();
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Public).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).password(PASSWORD).send().await.unwrap();
        let link_key = link.shared_link.request_token.clone().expect("a link's key");
        let stranger = Portal::builder(target.url()).anonymous().build().unwrap();
        stranger.visitor(link_key.expose()).unlock("another one").await.unwrap_err();
        let visitor = stranger.visitor(link_key.expose()).unlock(PASSWORD).await.unwrap();
        visitor.room().await.unwrap();
        let made = portal.keys().create("nightly").send().await.unwrap();
        mock.faults().next("GET /files/rooms", Fault::status(503).times(2));
        signed_in.rooms().list().all().await.unwrap();
        mock.faults().next("GET /files/tags", Fault::reset().times(1000));
        portal.tags().list().await.unwrap_err();
        secrets.extend([
            target.key().trim_start_matches("sk-").to_owned(),
            made.key.expose().trim_start_matches("sk-").to_owned(),
            mock.token("owner"),
            signed_in.token().expect("a token").expose().to_owned(),
            mock.password("owner"),
            link_key.expose().to_owned(),
        ]);
    })
    .await;
    let output = String::from_utf8(output.0.lock().unwrap().clone()).unwrap();
    for secret in secrets {
        let line = output.lines().find(|line| line.contains(&secret));
        assert!(line.is_none(), "{line:?} shows {secret}");
    }
    for operation in
        ["authenticate", "create_room", "create_room_link", "enter_link_password", "create_key", "check_link_key"]
    {
        assert!(output.contains(&format!("call=\"{operation}\"")), "{operation} is missing");
    }
    assert!(output.contains("why=\"503\"") && output.contains("why=\"the connection broke\""), "no retry is reported");
    assert!(
        output.contains("status=200 attempts=3") || output.contains("attempts=3 status=200"),
        "no number of attempts is reported"
    );
}
