//! Text from standard input and from files, in the encodings that other programs write.

use std::io::{self, Read};

use crate::failure::Failure;

/// Reads standard input to its end. `what` names the content, such as `password`. Fails if there
/// are more than `limit` bytes.
pub(crate) fn read_stdin(what: &str, limit: usize) -> Result<String, Failure> {
    read(io::stdin().lock(), what, limit)
}

fn read(input: impl Read, what: &str, limit: usize) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let unreadable = |reason: String| {
        Failure::usage(format!("cannot read the {what} from standard input: {reason}"))
            .advise("redirect a text file that contains it, for example with `< FILE`")
    };
    input.take(one_more).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() > limit {
        return Err(unreadable(format!("there are more than {limit} bytes")));
    }
    decoded(bytes).ok_or_else(|| unreadable("it is neither UTF-8 nor UTF-16 with a byte order mark".to_owned()))
}

/// Decodes UTF-8, and UTF-16 if it begins with a byte order mark. Drops the mark. Windows
/// PowerShell writes UTF-16, and several editors for Windows write a mark.
pub(crate) fn decoded(bytes: Vec<u8>) -> Option<String> {
    match bytes.as_slice() {
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8(text.to_vec()).ok(),
        [0xff, 0xfe, text @ ..] => from_utf16(text, u16::from_le_bytes),
        [0xfe, 0xff, text @ ..] => from_utf16(text, u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks_exact(2);
    if !units.remainder().is_empty() {
        return None;
    }
    let units: Vec<u16> = units.filter_map(|pair| pair.try_into().ok()).map(unit).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_dropped_and_utf16_is_decoded() {
        let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain("é監👩".encode_utf16().flat_map(bytes)).collect::<Vec<_>>()
        };
        for bytes in [
            "é監👩".as_bytes().to_vec(),
            "\u{feff}é監👩".as_bytes().to_vec(),
            utf16([0xff, 0xfe], u16::to_le_bytes),
            utf16([0xfe, 0xff], u16::to_be_bytes),
        ] {
            assert_eq!(decoded(bytes).as_deref(), Some("é監👩"));
        }
        for damaged in [&[0xff, 0xfe, 0x61][..], &[0xfe, 0xff, 0xd8, 0x00], &[0xe9], &[0xef, 0xbb, 0xbf, 0xe9]] {
            assert_eq!(decoded(damaged.to_vec()), None, "{damaged:?}");
        }
    }

    #[test]
    fn input_that_is_too_long_is_an_error() {
        assert_eq!(read(&b"abcd"[..], "key", 4).expect("a text"), "abcd");
        let error = read(&b"abcde"[..], "key", 4).expect_err("too long");
        assert_eq!(error.message(), "cannot read the key from standard input: there are more than 4 bytes");
    }
}
