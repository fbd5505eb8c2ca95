//! `docspace webhooks send`.

use std::time::Duration;

use clap::Args;
use docspace::Timestamp;
use docspace::deps::reqwest::{self, redirect};
use docspace::webhooks::{Receiver, Trigger};

use super::bodies::Event;
use super::secret::SecretArgs;
use super::trigger::trigger;
use crate::app::App;
use crate::args::values;
use crate::failure::Failure;
use crate::terminal::write;
use crate::text::plain;

const EXAMPLES: &str = r"Examples:
  docspace webhooks send room.created --to http://127.0.0.1:8081/
  docspace webhooks send file.uploaded --to http://127.0.0.1:8081/ --title 'Q&A ü' --id 4711
  docspace webhooks send room.created --to https://hooks.acme.com/d --secret-stdin < secret.txt

The receiver gets a POST request like that of a portal: the same fields, escapes and signature. The
ids and names in it are made up.";

/// How long a portal waits for an answer, in seconds (docs/portal/webhooks.md#time-outs).
const PATIENCE: u64 = 100;

/// The arguments of `docspace webhooks send`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SendArgs {
    /// Event type, such as room.created (see `docspace webhooks triggers`)
    #[arg(value_parser = trigger(), ignore_case = true, hide_possible_values = true)]
    trigger: Trigger,
    /// Address of the receiver
    #[arg(long, value_name = "URL", value_parser = values::receiver)]
    to: String,
    /// Title of the room, folder or file, or name of the person or people group
    #[arg(long, value_name = "TITLE", default_value = "Audit 2026", value_parser = values::text)]
    title: String,
    /// Id of the room, folder or file
    #[arg(long, value_name = "ID", default_value_t = 17, value_parser = values::number)]
    id: i32,
    #[command(flatten)]
    secret: SecretArgs,
}

impl SendArgs {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let secret = self.secret.get(app.terminal)?;
        let at = Timestamp::now();
        let (trigger, title, url) = (&self.trigger, self.title.as_str(), self.to.as_str());
        let event = Event { trigger, id: at.to_utc().timestamp(), title, entry: self.id, url, at };
        let body = event.body()?;
        let signature = Receiver::new(secret).sign(&body);
        let cannot = |error: reqwest::Error| {
            Failure::local(format!("cannot send to {}: {}", plain(&self.to), causes(&error)))
                .advise("check the address, and that the receiver is running")
        };
        let client = reqwest::Client::builder().redirect(redirect::Policy::none());
        let client = client.timeout(Duration::from_secs(PATIENCE)).build().map_err(cannot)?;
        let request = client
            .post(&self.to)
            .header(Receiver::SIGNATURE_HEADER, signature)
            .header("content-type", "application/json; charset=utf-8")
            .body(body);
        let answer = request.send().await.map_err(cannot)?;
        let status = answer.status();
        let text = answer.text().await.unwrap_or_default();
        let shown = format!("the receiver answered {}\n{}", status.as_u16(), plain(text.trim()));
        write(&format!("{}\n", shown.trim()))?;
        if status.is_success() {
            return Ok(());
        }
        Err(Failure::local(format!("the receiver answered {}; a portal would try again", status.as_u16()))
            .advise("let it answer 200 to 299 as soon as it has checked the signature"))
    }
}

/// The message of an error and of its causes, without the address.
fn causes(error: &reqwest::Error) -> String {
    let mut text = Vec::new();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push(inner.to_string());
        cause = inner.source();
    }
    text.pop().unwrap_or_else(|| "the address is not valid".to_owned())
}
