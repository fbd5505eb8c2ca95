//! Sizes of files and rooms for people.

use bytesize::ByteSize;
use serde_json::{Value, json};

/// Formats a number of bytes such as `1.5 GiB`. Returns null for a missing or negative number.
pub(crate) fn size(bytes: Option<i64>) -> Value {
    json!(bytes.and_then(|bytes| u64::try_from(bytes).ok()).map(size_text))
}

/// Formats a number of bytes such as `1.5 GiB`.
pub(crate) fn size_text(bytes: u64) -> String {
    ByteSize(bytes).display().iec().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_a_unit() {
        assert_eq!(size(Some(0)), json!("0 B"));
        assert_eq!(size(Some(3 << 29)), json!("1.5 GiB"));
        assert_eq!(size(Some(-1)), json!(null));
        assert_eq!(size(None), json!(null));
    }
}
