//! `docspace webhooks listen`.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;
use docspace::webhooks::Receiver;
use tokio::net::TcpListener;
use url::Url;

use super::listener::{Form, Listener};
use super::secret::SecretArgs;
use crate::app::App;
use crate::args::values;
use crate::failure::Failure;
use crate::terminal::print_message;

const EXAMPLES: &str = r"Examples:
  docspace webhooks listen --port 8081
  docspace webhooks listen --forward http://127.0.0.1:3000/docspace
  docspace webhooks listen --json --count 1 --secret-stdin < secret.txt

The listener accepts requests on every path. Portals do not call addresses in private networks:
point a tunnel or proxy with a public address at this port, and register that address. Or use a
mock portal: `docspace mock` delivers to any address.

With --json, each delivery is one line: the body as the portal sent it. The listener answers
deliveries beyond --count with 503, and the portal tries them again.

The exit code is 1 if a request was refused, and otherwise 0, also after Ctrl-C.";

/// The flags of `docspace webhooks listen`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListenArgs {
    /// Listen on this port; 0 selects a free port
    #[arg(long, value_name = "PORT", default_value_t = 8081)]
    port: u16,
    /// Listen on this address
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Forward each delivery to this address, and return its answer
    #[arg(long, value_name = "URL", value_parser = values::receiver)]
    forward: Option<String>,
    /// Print the bodies, one line for each delivery
    #[arg(long)]
    json: bool,
    /// Stop after this many deliveries (default: when you press Ctrl-C)
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    count: Option<u32>,
    #[command(flatten)]
    secret: SecretArgs,
}

impl ListenArgs {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let receiver = Receiver::new(self.secret.get(app.terminal)?);
        let bound = TcpListener::bind((self.bind, self.port)).await;
        let listener = bound.map_err(|error| {
            Failure::local(format!("cannot listen on {}, port {}: {error}", self.bind, self.port))
                .advise(advice_for(error.kind()))
        })?;
        let local = listener.local_addr()?;
        if let Some(url) = &self.forward {
            check_forward(url, local).await?;
        }
        let url = format!("http://{local}/");
        print_message(&format!("listening on {url}"));
        print_message(&registration(app, local));
        let listener = Listener::new(listener, receiver)
            .forward_to(self.forward)?
            .limit(self.count)
            .print_as(if self.json { Form::Json } else { Form::Words { in_local_time: app.terminal.stdout } });
        let refused = match listener.run().await? {
            0 => return Ok(()),
            1 => "1 request was refused".to_owned(),
            several => format!("{several} requests were refused"),
        };
        Err(Failure::local(refused)
            .advise("the reasons are above; check that the sender uses the secret of this listener"))
    }
}

/// What to do if the system does not let the program listen.
fn advice_for(error: ErrorKind) -> &'static str {
    match error {
        ErrorKind::AddrNotAvailable => "use an address of this computer with --bind, such as 127.0.0.1",
        ErrorKind::PermissionDenied => "choose a port from 1024 on with --port",
        _ => "choose another port with --port; 0 selects a free one",
    }
}

/// Describes how to make a portal send to this listener. A portal refuses addresses in private
/// networks. A mock portal on this computer does not.
fn registration(app: &App, local: SocketAddr) -> String {
    let is_public = match local.ip() {
        IpAddr::V4(ip) => !(ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()),
        IpAddr::V6(ip) => {
            !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified())
        }
    };
    let is_local_portal = || {
        let session = app.session().ok();
        session.is_some_and(|session| matches!(session.portal.url().host_str(), Some("127.0.0.1" | "localhost")))
    };
    if is_public || (local.ip().is_loopback() && is_local_portal()) {
        return format!("register it, with any path: docspace webhooks create NAME http://{local}/");
    }
    "a portal cannot reach this address: register the public address of a tunnel or proxy with \
     docspace webhooks create NAME URL"
        .to_owned()
}

/// Fails if --forward leads back to this listener, which would forward a delivery again and again.
async fn check_forward(url: &str, local: SocketAddr) -> Result<(), Failure> {
    let Some(url) = Url::parse(url).ok() else { return Ok(()) };
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { return Ok(()) };
    // An address that cannot be found is reported with the first delivery.
    let found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port)).await;
    let is_this = |address: SocketAddr| {
        let is_any = |ip: IpAddr| ip.is_unspecified() || ip == local.ip();
        address.port() == local.port()
            && (is_any(address.ip()) || (local.ip().is_unspecified() && address.ip().is_loopback()))
    };
    match found.is_ok_and(|mut found| found.any(is_this)) {
        true => Err(Failure::usage("--forward is the address of this listener")
            .advise("use the address of your own receiver, or another --port")),
        false => Ok(()),
    }
}
