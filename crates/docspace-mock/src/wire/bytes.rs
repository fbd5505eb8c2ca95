//! Numbers of bytes as text.

/// A size with its unit.
pub(crate) fn size(bytes: i64) -> String {
    let units = ["bytes", "KB", "MB", "GB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1_024.0 && unit + 1 < units.len() {
        value /= 1_024.0;
        unit += 1;
    }
    if unit == 0 {
        return format!("{bytes} bytes");
    }
    let number = format!("{value:.2}");
    format!("{} {}", number.trim_end_matches('0').trim_end_matches('.'), units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size(120), "120 bytes");
        assert_eq!(size(1536), "1.5 KB");
    }
}
