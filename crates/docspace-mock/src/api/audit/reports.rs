//! Reports: CSV files in the caller's My documents (docs/portal/history-and-audit.md#reports).
//! The mock does not store the content of files, so a report has only a size.

use chrono::{Months, NaiveDate};

use crate::api::call::Call;
use crate::api::settings::check_admin;
use crate::state::content::File;
use crate::state::rooms::Area;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

/// The size of a report without entries, and of each entry.
const HEADER: usize = 100;
const LINE: usize = 120;

/// The months before now that a report is about.
const MONTHS: Months = Months::new(6);

pub(super) fn of_events(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let entries = call.portal.trail.events().len();
    let title = format!("Audit Trail Report ({}).csv", period(call));
    Ok(write(call, title, entries))
}

pub(super) fn of_logins(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let entries = call.portal.trail.logins().len();
    let title = format!("Login History Report ({}).csv", period(call));
    Ok(write(call, title, entries))
}

/// The days from and to which a report is, as titles have them: `6_1_2026-11_28_2026`.
fn period(call: &Call<'_>) -> String {
    let today = call.portal.now().date_naive();
    let first = today.checked_sub_months(MONTHS).unwrap_or(today);
    let day = |date: NaiveDate| date.format("%-m_%-d_%Y").to_string();
    format!("{}-{}", day(first), day(today))
}

/// Writes a report to the caller's My documents. The answer is the address of an editor.
pub(in crate::api) fn write(call: &mut Call<'_>, title: String, entries: usize) -> Reply {
    let (now, me) = (call.portal.now(), call.me());
    let root = call.portal.own_root(Area::My, me);
    let size = i64::try_from(HEADER + LINE * entries).unwrap_or(i64::MAX);
    let id = call.portal.ids.file();
    if let Some(room) = call.portal.rooms.around_mut(root) {
        let title = room.free_file_title(root, &title);
        room.add_file(File { is_report: true, ..File::new(id, root, title, size, now, me) });
    }
    call.portal.rooms.note_save(root, now, me);
    let base = &call.portal.base_url;
    Reply::one(&format!(r#"{base}/doceditor?fileid={id}&options={{"codePage":65001}}"#))
}
