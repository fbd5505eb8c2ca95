//! What the portal made of the settings of a room.

use docspace::Room;

use crate::args::values::Quota;
use crate::failure::{Failure, Topic};
use crate::output::{Records, Report};
use crate::records::RoomRecord;

/// Returns the report on a created or changed room, checked as in [`checked`].
pub(crate) fn report(room: Room, title: Option<&str>, quota: Option<Quota>) -> Report<RoomRecord> {
    checked(RoomRecord(room), |record| &record.0, title, quota)
}

/// Returns the report on the record of a created or changed room or template. Says if the portal
/// stored another title than `title`, and fails if it did not set the storage limit.
pub(crate) fn checked<R>(
    record: R,
    room: impl Fn(&R) -> &Room,
    title: Option<&str>,
    quota: Option<Quota>,
) -> Report<R> {
    let room = room(&record);
    let noun = if room.is_template() { "template" } else { "room" };
    // While quotas are off, the portal accepts a quota, but the room has none
    // (docs/portal/tags-groups-logos-quotas.md#quota-fields-of-a-room).
    let failure = matches!(quota, Some(Quota::Bytes(_))).then_some(()).filter(|()| room.quota_limit.is_none());
    let failure = failure.map(|()| {
        Failure::local(format!("{noun} {} was saved, but the portal did not set its storage limit", room.id))
            .advise("turn on quotas for rooms in the settings of the portal, then set --quota again")
            .explained_by(Topic::QUOTAS_OFF)
    });
    let note = title.filter(|title| *title != room.title);
    let note = note.map(|_| format!("the portal replaced characters of the title and stored “{}”", room.title));
    let report = Report::from(Records::Row(record)).failing(failure);
    match note {
        Some(note) => report.note(note),
        None => report,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::mock_session;

    #[tokio::test]
    async fn replaced_title_is_noted() {
        let (_mock, session) = mock_session().await;
        let create = session.portal.rooms().create("a/b", docspace::RoomType::Custom);
        let room = create.send().await.expect("a room");
        let note = report(room.clone(), Some("a/b"), None).note.expect("a note");
        assert!(note.ends_with("stored “a_b”"), "{note}");
        assert!(report(room.clone(), Some("a_b"), None).note.is_none() && report(room, None, None).note.is_none());
    }
}
