//! The output of `--debug`: each request on standard error, without secrets.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::terminal::print_message;

/// Prints the events of the library from now on. The library masks the secrets in addresses, and
/// leaves out headers and bodies.
pub(crate) fn print_requests() {
    // Fails only if it is called twice.
    let _ = tracing::subscriber::set_global_default(Printer);
}

/// Prints the events of the library, and ignores its spans.
struct Printer;

impl Subscriber for Printer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // The events of the HTTP client are not made for people, and could contain secrets.
        let is_own = metadata.target().split("::").next() == Some("docspace");
        is_own && !metadata.is_span() && *metadata.level() <= Level::DEBUG
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        print_message(&format!("debug: {}", fields.line()));
    }

    // No span is enabled.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The fields of an event.
#[derive(Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Fields {
    fn line(&self) -> String {
        let get = |name: &str| self.0.get(name).map_or("", String::as_str);
        if self.0.contains_key("url") {
            let attempt = match get("attempt") {
                "1" => String::new(),
                attempt => format!("attempt {attempt}, "),
            };
            return format!("{} {}: {} ({attempt}{} ms)", get("method"), get("url"), get("outcome"), get("time_ms"));
        }
        let mut line = get("message").to_owned();
        // Writing to a string cannot fail.
        if let Some(pause) = self.0.get("pause_ms") {
            let _ = write!(line, " after {pause} ms");
        }
        if let Some(waited) = self.0.get("waited_ms") {
            let _ = write!(line, " by {waited} ms");
        }
        if let Some(why) = self.0.get("why") {
            let _ = write!(line, ", because of: {why}");
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(fields: &[(&'static str, &str)]) -> String {
        Fields(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()).line()
    }

    #[test]
    fn lines_show_requests_and_waits() {
        let request = [("method", "GET"), ("url", "https://a/b"), ("outcome", "503"), ("time_ms", "8")];
        assert_eq!(line(&[&request[..], &[("attempt", "1")]].concat()), "GET https://a/b: 503 (8 ms)");
        assert_eq!(line(&[&request[..], &[("attempt", "2")]].concat()), "GET https://a/b: 503 (attempt 2, 8 ms)");
        let again = [("message", "the call is sent again"), ("pause_ms", "300"), ("why", "503")];
        assert_eq!(line(&again), "the call is sent again after 300 ms, because of: 503");
        let throttled = [("message", "the throttle delayed the call"), ("waited_ms", "2000")];
        assert_eq!(line(&throttled), "the throttle delayed the call by 2000 ms");
    }
}
