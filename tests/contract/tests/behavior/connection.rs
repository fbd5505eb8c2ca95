//! The connection to a portal: the name of the program, certificates, proxies and middleware.

use std::sync::{Arc, Mutex};

use contract::target::Target;
use docspace::api::{Direct, OperationInfo, Transport};
use docspace::transport::RetryPolicy;
use docspace::{ErrorKind, Portal, PortalBuilder, RoomType};
use docspace_mock::{Fault, MockPortal};
use futures::FutureExt;
use futures::future::BoxFuture;
use reqwest::{Request, Response};

/// A client that does not follow redirects.
fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn builder(mock: &MockPortal) -> PortalBuilder {
    Portal::builder(mock.url()).api_key(mock.owner_key())
}

/// Records the names of the calls, and answers those of one name with a 404.
#[derive(Debug)]
struct Middleware {
    inner: Direct,
    seen: Mutex<Vec<(&'static str, bool)>>,
    answered: &'static str,
}

impl Middleware {
    fn answering(answered: &'static str) -> Arc<Self> {
        Arc::new(Self { inner: Direct::new(client()), seen: Mutex::default(), answered })
    }

    fn names(&self) -> Vec<&'static str> {
        self.seen.lock().unwrap().iter().map(|(name, _)| *name).collect()
    }
}

impl Transport for Middleware {
    fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        let has_key = request.headers().contains_key("authorization");
        self.seen.lock().unwrap().push((operation.operation_id, has_key));
        if operation.operation_id != self.answered {
            return self.inner.execute(request, operation);
        }
        let mut not_found = docspace::deps::http::Response::new("");
        *not_found.status_mut() = reqwest::StatusCode::NOT_FOUND;
        async { Ok(not_found.into()) }.boxed()
    }
}

#[tokio::test]
async fn the_name_of_the_program_comes_before_that_of_the_crate() {
    Target::on_mock(async |_, mock| {
        builder(mock).user_agent("myapp/1.0").build().unwrap().my_id().await.unwrap();
        let requests = mock.requests();
        let agent = requests.last().unwrap().header("user-agent").unwrap();
        assert!(agent.starts_with("myapp/1.0 docspace-rs/"), "{agent}");
    })
    .await;
}

#[tokio::test]
async fn transports_see_each_attempt_and_can_answer() {
    Target::on_mock(async |_, mock| {
        let middleware = Middleware::answering("get_room");
        let retry = RetryPolicy::default().first_pause(std::time::Duration::from_millis(1));
        let portal = builder(mock).transport(Arc::<Middleware>::clone(&middleware)).retry(retry).build().unwrap();
        mock.faults().next("GET /files/rooms", Fault::status(503));
        assert_eq!(portal.rooms().list().total().await.unwrap(), 0);
        assert_eq!(middleware.names(), ["list_rooms", "list_rooms"]);
        assert!(middleware.seen.lock().unwrap().iter().all(|(_, has_key)| *has_key));

        let sent = mock.requests().len();
        assert!(portal.room(17).get().await.unwrap_err().is_not_found());
        assert_eq!(middleware.names().last(), Some(&"get_room"));
        assert_eq!(mock.requests().len(), sent, "the middleware has answered");
    })
    .await;
}

#[tokio::test]
async fn the_http_client_of_the_program_sends_the_calls() {
    Target::on_mock(async |_, mock| {
        let client = reqwest::Client::builder().user_agent("own").redirect(reqwest::redirect::Policy::none());
        let portal = builder(mock).user_agent("ignored").http_client(client.build().unwrap()).build().unwrap();
        portal.rooms().create("Audit", RoomType::Custom).send().await.unwrap();
        assert!(mock.requests().iter().all(|request| request.header("user-agent") == Some("own")));
    })
    .await;
}

/// The mock portal takes the place of a proxy: it receives the whole address.
#[tokio::test]
async fn requests_go_through_the_proxy_of_the_program() {
    Target::on_mock(async |_, mock| {
        let builder = Portal::builder("http://portal.invalid").api_key(mock.owner_key()).allow_http();
        let portal = builder.proxy(mock.url()).build().unwrap();
        portal.my_id().await.unwrap();
        assert_eq!(mock.requests().last().unwrap().header("host"), Some("portal.invalid"));
    })
    .await;
}

#[tokio::test]
async fn a_proxy_that_does_not_answer_is_named() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://ann:hunter2@{}", free.local_addr().unwrap());
    drop(free);
    let builder = Portal::builder("https://portal.invalid").api_key("sk-0123").retry(RetryPolicy::none());
    let error = builder.proxy(proxy).build().unwrap().my_id().await.unwrap_err();
    assert!(error.nothing_was_done(), "{error}");
    assert!(error.to_string().contains("the proxy cannot be reached"), "{error}");
    assert!(error.advice().contains("PortalBuilder::proxy"), "{error}");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
}

/// A proxy could read what is sent to this computer without TLS.
#[test]
fn credentials_do_not_reach_a_proxy_in_plain_http() {
    let builder = Portal::builder("http://localhost").api_key("sk-0123");
    assert!(builder.clone().build().is_ok());
    let error = builder.clone().proxy("http://proxy.acme.com:3128").build().unwrap_err();
    assert!(error.advice().contains("allow_http"), "{error}");
    assert!(builder.proxy("http://proxy.acme.com:3128").allow_http().build().is_ok());
}

#[test]
fn malformed_settings_of_the_connection_are_rejected() {
    let builder = || Portal::builder("https://acme.com").api_key("sk-0123");
    let wrong = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let bad = [
        builder().user_agent("my\napp"),
        builder().proxy("ann:hunter2@proxy"),
        builder().proxy("socks4://ann:hunter2@proxy"),
        builder().root_certificate("hunter2"),
        builder().root_certificate(wrong),
        builder().root_certificate("-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----\n"),
    ];
    for bad in bad {
        let error = bad.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}
