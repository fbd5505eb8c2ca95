//! `docspace api`.

mod address;
mod exchange;
mod fields;
mod pages;

use std::fmt::Write;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use docspace::Portal;
use docspace::deps::http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, HOST, HeaderMap, TRANSFER_ENCODING};
use docspace::deps::http::{HeaderName, HeaderValue, Method};
use shell_words::quote;

use self::exchange::{Answer, Call};
use self::fields::FieldArgs;
use self::pages::Page;
use crate::app::App;
use crate::failure::{Failure, UnknownOutcome};
use crate::input;
use crate::output::BodyPrinter;
use crate::spinner::Spinner;
use crate::terminal::print_message;
use crate::text::plain;

const EXAMPLES: &str = r#"Examples:
  docspace api files/rooms --paginate --jq '.response.folders[].title'
  docspace api files/tags -f name=audit
  docspace api PUT files/rooms/17 -f title="Audit 2027"
  docspace api PUT people/type/RoomAdmin -f "userIds[]=6f9619ff-8b86-d011-b42d-00cf4fc964ff"
  docspace api POST files/rooms --input room.json --dry-run"#;

/// The arguments of `docspace api`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, allow_missing_positional = true)]
pub(crate) struct ApiArgs {
    /// HTTP method (default: GET, or POST if there are fields or an input)
    #[arg(value_parser = method(), ignore_case = true)]
    method: Option<Method>,
    /// Path of the call, such as files/rooms or /api/2.0/files/rooms
    #[arg(required = true)]
    path: String,
    #[command(flatten)]
    fields: FieldArgs,
    /// Send the content of a file as the body, or standard input for `-`; fields go to the query
    #[arg(long, value_name = "FILE")]
    input: Option<String>,
    /// Add a header; repeat the flag to add several
    #[arg(long = "header", short = 'H', value_name = "NAME:VALUE", value_parser = header)]
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Read all pages of a list, and print one answer for each (only for GET)
    #[arg(long)]
    paginate: bool,
    /// Print the status and the headers of the answer too
    #[arg(long, short, help_heading = "Output")]
    include: bool,
    /// Filter the answer with a jq expression
    #[arg(long, short = 'q', value_name = "EXPRESSION", help_heading = "Output")]
    jq: Option<String>,
    /// Show the call, without sending it
    #[arg(long)]
    dry_run: bool,
}

fn method() -> impl TypedValueParser<Value = Method> {
    PossibleValuesParser::new(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .map(|name| name.to_ascii_uppercase().parse().expect("a name from the list of possible values"))
}

/// Parses a header. Rejects those that the program sets itself.
fn header(text: &str) -> Result<(HeaderName, HeaderValue), String> {
    let form = || "not a header: use a form such as `Accept-Language: de`".to_owned();
    let (name, value) = text.split_once(':').ok_or_else(form)?;
    let name: HeaderName = name.trim().parse().map_err(|_| form())?;
    if [AUTHORIZATION, COOKIE, HOST, CONTENT_LENGTH, TRANSFER_ENCODING].contains(&name) {
        return Err(format!("docspace sets the header {name} itself"));
    }
    Ok((name, value.trim().parse().map_err(|_| form())?))
}

impl ApiArgs {
    /// Sends the call, and prints the answer.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let printer = BodyPrinter::new(self.jq.as_deref(), app.terminal)?;
        let method = self.method();
        if self.paginate && method != Method::GET {
            return Err(Failure::usage(format!("--paginate is only for GET, not for {method}"))
                .advise("leave it out, or write GET before the path"));
        }
        let portal = app.session()?.portal;
        let call = self.call(method, &portal)?;
        if self.dry_run {
            print_message(&dry_run(&call));
            return Ok(());
        }
        let outcome = if self.paginate {
            self.send_pages(call, &portal, &printer).await
        } else {
            self.send(&call, &portal, &printer).await.map(drop)
        };
        printer.finish(outcome)
    }

    fn method(&self) -> Method {
        let has_body = !self.paginate && (!self.fields.is_empty() || self.input.is_some());
        self.method.clone().unwrap_or(if has_body { Method::POST } else { Method::GET })
    }

    fn call(&self, method: Method, portal: &Portal) -> Result<Call, Failure> {
        let mut url = address::address(portal, &self.path)?;
        let mut body = self.input.as_deref().map(input::read).transpose()?;
        if !self.fields.is_empty() {
            if body.is_some() || method == Method::GET {
                url.query_pairs_mut().extend_pairs(self.fields.query()?);
            } else {
                body = Some(self.fields.body()?.to_string().into_bytes());
            }
        }
        let headers: HeaderMap = self.headers.iter().cloned().collect();
        Ok(Call { method, url, headers, body })
    }

    /// Sends one call, and prints its answer. Returns the body.
    async fn send(&self, call: &Call, portal: &Portal, printer: &BodyPrinter) -> Result<Vec<u8>, Failure> {
        let answer = self.answer(call, portal).await?;
        self.print(&answer, printer)?;
        let body = answer.body.clone();
        match answer.error(portal).await {
            Some(error) => Err(failure(call, error)),
            None => Ok(body),
        }
    }

    async fn send_pages(&self, mut call: Call, portal: &Portal, printer: &BodyPrinter) -> Result<(), Failure> {
        let mut page = Page::first(&call.url);
        loop {
            page.set_in(&mut call.url);
            let answer = self.answer(&call, portal).await?;
            if page.is_repeated(&answer.body) {
                return Ok(());
            }
            self.print(&answer, printer)?;
            let body = answer.body.clone();
            if let Some(error) = answer.error(portal).await {
                return Err(failure(&call, error));
            }
            if !page.advance(body) {
                return Ok(());
            }
        }
    }

    async fn answer(&self, call: &Call, portal: &Portal) -> Result<Answer, Failure> {
        let _spinner = Spinner::start(portal);
        call.send(portal).await.map_err(|error| failure(call, error))
    }

    fn print(&self, answer: &Answer, printer: &BodyPrinter) -> Result<(), Failure> {
        if self.include {
            printer.print_text(&head(answer))?;
        }
        if answer.status.is_success() {
            return printer.print(&answer.body);
        }
        // The page of a proxy is not an answer of the portal, and the error describes it.
        let is_page = answer.body.trim_ascii_start().starts_with(b"<");
        // The filter is for the form of a successful answer.
        if is_page { Ok(()) } else { printer.print_unfiltered(&answer.body) }
    }
}

/// Returns the status line and the headers of an answer, with an empty line after them.
fn head(answer: &Answer) -> String {
    let mut text = format!("{:?} {}\n", answer.version, answer.status);
    for (name, value) in &answer.headers {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name}: {}", plain(&String::from_utf8_lossy(value.as_bytes())));
    }
    text.push('\n');
    text
}

fn dry_run(call: &Call) -> String {
    let body = match call.body.as_deref().map(std::str::from_utf8) {
        None => String::new(),
        Some(Ok(text)) => format!(" with the body {}", text.trim()),
        Some(Err(_)) => " with a body that is not text".to_owned(),
    };
    format!("dry run: would send {} {}{body}", call.method, call.url)
}

/// Returns the failure of a call. The portal may have executed a call that changes something.
fn failure(call: &Call, error: docspace::Error) -> Failure {
    let path = call.url.path();
    let path = path.split_once("/api/2.0/").map_or(path, |(_, path)| path);
    let name = format!("{} {path}", call.method);
    if call.method == Method::GET {
        return Failure::from(error).with_subject(&name);
    }
    let unknown =
        UnknownOutcome::new(format!("whether the portal executed {name}"), format!("docspace api {}", quote(path)));
    unknown.classify(error).with_subject(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{parse, parsed};

    #[test]
    fn method_is_post_if_there_is_something_to_send() {
        let method = |arguments: &[&str]| parsed::<ApiArgs>(arguments).method().to_string();
        assert_eq!(method(&["files/rooms"]), "GET");
        assert_eq!(method(&["files/tags", "-f", "name=a"]), "POST");
        assert_eq!(method(&["files/tags", "--input", "-"]), "POST");
        assert_eq!(method(&["get", "files/rooms", "-f", "count=5"]), "GET");
        assert_eq!(method(&["files/rooms", "--paginate", "-f", "tags=a"]), "GET");
        assert_eq!(method(&["DELETE", "files/tags", "-f", "names[]=a"]), "DELETE");
        assert!(parse::<ApiArgs>(&["TRACE", "files/rooms"]).is_err() && parse::<ApiArgs>(&[]).is_err());
    }

    #[test]
    fn headers_of_the_program_cannot_be_replaced() {
        assert!(header("Accept-Language: de").is_ok());
        for text in ["authorization: Bearer x", "Cookie: a=b", "Host: evil", "no header", "a b: c", "x: a\nb"] {
            assert!(header(text).is_err(), "{text}");
        }
    }
}
