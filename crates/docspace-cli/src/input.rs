//! Reading files and standard input, and text in the encodings that other programs write.

use std::fs::{self, File};
use std::io::{self, Read};

use crate::failure::Failure;
use crate::spinner;

/// Maximum size of a file in bytes, so that a wrong file is not read into memory.
const MAX_SIZE: usize = 64 << 20;

/// The reason why text cannot be decoded.
const UNKNOWN_ENCODING: &str = "it is neither UTF-8 nor UTF-16 with a byte order mark";

/// Reads a file, or standard input for `-`.
pub(crate) fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let content = match path {
        "-" => at_most(MAX_SIZE, io::stdin().lock()),
        path => File::open(path).map_err(|error| error.to_string()).and_then(|file| at_most(MAX_SIZE, file)),
    };
    content.map_err(|reason| {
        Failure::usage(format!("cannot read {}: {reason}", name(path)))
            .advise("check the path, and use a file of at most 64 MiB")
    })
}

/// Checks that a file can be read, without reading it.
pub(crate) fn check(path: &str) -> Result<(), Failure> {
    if path == "-" {
        return Ok(());
    }
    let refused = |reason: String| Failure::usage(format!("cannot read {path}: {reason}"));
    let unreadable = |error: io::Error| refused(error.to_string()).advise("check the path");
    // Opening a pipe would wait for its writer.
    let about = fs::metadata(path).map_err(unreadable)?;
    if about.is_file() {
        File::open(path).map_err(unreadable)?;
    }
    if about.is_dir() {
        return Err(refused("it is a directory".to_owned()).advise("name the files in it"));
    }
    if about.len() > MAX_SIZE as u64 {
        return Err(refused(format!("it has {} bytes", about.len())).advise("use a file of at most 64 MiB"));
    }
    Ok(())
}

/// Reads text from a file, or from standard input for `-`.
pub(crate) fn read_text(path: &str) -> Result<String, Failure> {
    decoded(read(path)?).ok_or_else(|| {
        Failure::usage(format!("cannot read {} as text: {UNKNOWN_ENCODING}", name(path)))
            .advise("save the file as UTF-8")
    })
}

/// Returns the name of the input in messages.
pub(crate) fn name(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

/// Reads standard input to its end. `what` names the content, such as `password`. Fails if there
/// are more than `limit` bytes.
pub(crate) fn read_stdin(what: &str, limit: usize) -> Result<String, Failure> {
    let content = at_most(limit, io::stdin().lock());
    content.and_then(|bytes| decoded(bytes).ok_or_else(|| UNKNOWN_ENCODING.to_owned())).map_err(|reason| {
        Failure::usage(format!("cannot read the {what} from standard input: {reason}"))
            .advise("redirect a text file that contains it, for example with `< FILE`")
    })
}

/// Reads the input to its end. Returns the reason if that fails, or if there are more than `limit`
/// bytes.
fn at_most(limit: usize, input: impl Read) -> Result<Vec<u8>, String> {
    // A person may be typing the input.
    let _hold = spinner::hold();
    let mut bytes = Vec::new();
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    input.take(one_more).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > limit { Err(format!("there are more than {limit} bytes")) } else { Ok(bytes) }
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
        assert_eq!(at_most(4, &b"abcd"[..]), Ok(b"abcd".to_vec()));
        assert_eq!(at_most(4, &b"abcde"[..]), Err("there are more than 4 bytes".to_owned()));
    }

    #[test]
    fn text_is_read_from_a_file() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let path = file.path().to_str().expect("a path");
        std::fs::write(path, b"\xff\xfea\0").expect("a file");
        assert_eq!(read_text(path).expect("a text"), "a");
        std::fs::write(path, b"\xff").expect("a file");
        assert!(read_text(path).is_err() && read("nosuch").is_err());
    }
}
