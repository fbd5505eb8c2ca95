//! JSON for a terminal: indented, colored, and without characters that control the terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter};

use super::field::escaped;

const KEY: &[u8] = b"\x1b[34m";
const STRING: &[u8] = b"\x1b[32m";
const BOOL: &[u8] = b"\x1b[33m";
const NULL: &[u8] = b"\x1b[36m";
const RESET: &[u8] = b"\x1b[0m";

/// Formats a value for a terminal.
pub(crate) fn for_terminal(value: &impl Serialize, colors: bool) -> io::Result<String> {
    let mut text = Vec::new();
    let formatter = Colored { pretty: PrettyFormatter::new(), colors, in_key: false };
    value.serialize(&mut Serializer::with_formatter(&mut text, formatter))?;
    String::from_utf8(text).map_err(io::Error::other)
}

/// Colors names, strings, `true`, `false` and `null`, and leaves everything else to the formatter of `serde_json`.
struct Colored {
    pretty: PrettyFormatter<'static>,
    colors: bool,
    in_key: bool,
}

impl Colored {
    fn paint<W: ?Sized + Write>(&self, out: &mut W, color: &[u8]) -> io::Result<()> {
        if self.colors { out.write_all(color) } else { Ok(()) }
    }
}

impl Formatter for Colored {
    fn write_null<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.paint(out, NULL)?;
        self.pretty.write_null(out)?;
        self.paint(out, RESET)
    }

    fn write_bool<W: ?Sized + Write>(&mut self, out: &mut W, value: bool) -> io::Result<()> {
        self.paint(out, BOOL)?;
        self.pretty.write_bool(out, value)?;
        self.paint(out, RESET)
    }

    fn begin_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.paint(out, if self.in_key { KEY } else { STRING })?;
        out.write_all(b"\"")
    }

    fn end_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\"")?;
        self.paint(out, RESET)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        out.write_all(escaped(fragment).as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, out: &mut W, escape: CharEscape) -> io::Result<()> {
        self.pretty.write_char_escape(out, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.in_key = true;
        self.pretty.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.in_key = false;
        self.pretty.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn colors_do_not_change_the_text() {
        let value = json!([{"a": "x\n\u{1b}\u{202e}\"", "b": [1, true, null], "c": {}}, []]);
        let plain = for_terminal(&value, false).unwrap();
        assert_eq!(plain, escaped(&serde_json::to_string_pretty(&value).unwrap()));
        assert_eq!(serde_json::from_str::<Value>(&plain).unwrap(), value);
        let colored = for_terminal(&value, true).unwrap();
        assert!(colored.contains("\u{1b}[34m\"a\"\u{1b}[0m: \u{1b}[32m\"x"), "{colored}");
        assert!(colored.contains("\u{1b}[33mtrue\u{1b}[0m") && colored.contains("\u{1b}[36mnull"), "{colored}");
        assert_eq!(console::strip_ansi_codes(&colored), plain);
    }
}
