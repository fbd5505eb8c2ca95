//! The printed fields of a person.

use docspace::people::Profile;

/// Returns `active`, `pending` or `disabled`.
pub(super) fn state(person: &Profile) -> &'static str {
    if person.is_invited() {
        "pending"
    } else if person.is_disabled() {
        "disabled"
    } else {
        "active"
    }
}
