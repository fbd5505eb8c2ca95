//! Comparing names as a portal's database does.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form in which two names are equal if a portal's database may treat them as equal: without
/// case, accents and outer spaces
/// (docs/portal/tags-groups-logos-quotas.md#names-that-count-as-the-same).
pub(crate) fn fold(name: &str) -> String {
    name.trim().nfkd().filter(|letter| !is_combining_mark(*letter)).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(fold(" kq Åse"), fold("KQ ase "));
        assert_ne!(fold("audit"), fold("audits"));
    }
}
