//! Reads the file from a `multipart/form-data` body.

use crate::http::Request;

/// A part with a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The name of the field.
    pub(crate) field: String,
    pub(crate) file_name: String,
    pub(crate) content: Vec<u8>,
}

/// The first part with a file name. The name of the field does not matter.
pub(crate) fn first_file(request: &Request) -> Option<Part> {
    let kind = request.header_value("content-type")?;
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return None;
    }
    let (_, boundary) = kind.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    let mark = [b"--", boundary.as_bytes()].concat();
    let mut rest = request.body.as_slice();
    while let Some(at) = find(rest, &mark) {
        rest = &rest[at + mark.len()..];
        let end = find(rest, &mark).unwrap_or(rest.len());
        if let Some(part) = file(&rest[..end]) {
            return Some(part);
        }
    }
    None
}

fn file(part: &[u8]) -> Option<Part> {
    let gap = find(part, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&part[..gap]).into_owned();
    let file_name = parameter(&head, "filename=")?;
    let field = parameter(&head, " name=").unwrap_or_default();
    let content = part[gap + 4..].strip_suffix(b"\r\n").unwrap_or(&part[gap + 4..]);
    Some(Part { field, file_name, content: content.to_vec() })
}

/// The value of a parameter of `Content-Disposition`. In quotes, it can contain a semicolon.
fn parameter(head: &str, name: &str) -> Option<String> {
    let (_, value) = head.split_once(name)?;
    let value = value.lines().next()?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(';').next().map(str::trim),
    }
    .map(str::to_owned)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len().max(1)).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_found_under_any_field_name() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nno\r\n--b\r\nContent-Disposition: form-data; name=\"any\"; filename=\"a;b.txt\"\r\n\r\nhello\r\n--b--\r\n";
        let mut request = Request::new("POST", "/").header("content-type", "multipart/form-data; boundary=b");
        request.body = body.into();
        let part = first_file(&request).expect("a file");
        assert_eq!((part.file_name.as_str(), part.content.as_slice()), ("a;b.txt", b"hello".as_slice()));
    }
}
