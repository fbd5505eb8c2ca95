//! The report on a new key.

use docspace::keys::ApiKey;

use crate::output::{Records, Report};
use crate::records::NewKeyRecord;

/// Returns the report on a new key.
pub(super) fn report(key: ApiKey) -> Report<NewKeyRecord> {
    let note =
        format!("created the key “{}” ({}); store the secret now, because it is not shown again", key.name, key.id);
    Report::from(Records::Row(NewKeyRecord(key))).note(note)
}
