//! JSON in the form of the bodies of webhooks: compact and in ASCII
//! (docs/portal/webhooks.md#bytes).

use std::io;

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

/// Writes a value.
pub(crate) fn write(value: &impl Serialize) -> String {
    let mut text = Vec::with_capacity(1024);
    value.serialize(&mut Serializer::with_formatter(&mut text, Ascii)).expect("bodies are plain data with string keys");
    String::from_utf8(text).unwrap_or_default()
}

struct Ascii;

fn escape<W: io::Write + ?Sized>(writer: &mut W, unit: u16) -> io::Result<()> {
    write!(writer, "\\u{unit:04X}")
}

impl Formatter for Ascii {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut units = [0; 2];
        for letter in fragment.chars() {
            match letter {
                '&' | '\'' | '+' | '<' | '>' | '`' | '\u{7f}' => escape(writer, letter as u16)?,
                plain if plain.is_ascii() => writer.write_all(&[plain as u8])?,
                other => other.encode_utf16(&mut units).iter().try_for_each(|unit| escape(writer, *unit))?,
            }
        }
        Ok(())
    }

    fn write_char_escape<W: io::Write + ?Sized>(&mut self, writer: &mut W, letter: CharEscape) -> io::Result<()> {
        match letter {
            CharEscape::Quote => escape(writer, 0x22),
            CharEscape::ReverseSolidus => writer.write_all(b"\\\\"),
            CharEscape::Solidus => writer.write_all(b"/"),
            CharEscape::Backspace => writer.write_all(b"\\b"),
            CharEscape::FormFeed => writer.write_all(b"\\f"),
            CharEscape::LineFeed => writer.write_all(b"\\n"),
            CharEscape::CarriageReturn => writer.write_all(b"\\r"),
            CharEscape::Tab => writer.write_all(b"\\t"),
            CharEscape::AsciiControl(byte) => escape(writer, byte.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_but_plain_ascii_is_escaped() {
        let text = "Ü \u{2028} \"&'+<>`\\/\u{1f389}\n\u{1}";
        let written = super::write(&text);
        let expected = r#""\u00DC \u2028 \u0022\u0026\u0027\u002B\u003C\u003E\u0060\\/\uD83C\uDF89\n\u0001""#;
        assert_eq!(written, expected);
    }
}
