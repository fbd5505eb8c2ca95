//! `docspace rooms create`.

use clap::Args;
use docspace::RoomType;

use crate::args::{ApplyTo, RoomSettingsArgs, flag, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms create "Audit 2026" --type custom --tag audit
  id=$(docspace rooms create Deal --type virtual-data --deny-download | cut -f1)"#;

/// The room to make.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("quota", |arg| arg.help("The most it may hold, such as 2GiB, or `unlimited`; as the portal is set otherwise")))]
#[command(mut_arg("indexing", |arg| flag(arg).help("Number its entries")))]
#[command(mut_arg("deny_download", |arg| flag(arg).help("Keep members who only view from downloading, copying and printing")))]
pub(crate) struct CreateArgs {
    /// Its title
    title: String,
    /// What it is for
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true)]
    kind: RoomType,
    #[command(flatten)]
    settings: RoomSettingsArgs,
}

impl PortalCommand for CreateArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let question = format!("whether the room “{}” was made", self.title.trim());
        let unknown = UnknownOutcome::new(question, hints::rooms_titled(&self.title));
        let room = session.portal.rooms().create(self.title, self.kind);
        let room = self.settings.apply_to(room).send().await.map_err(|error| unknown.classify(error))?;
        Ok(Records::Row(RoomRecord(room)).into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::args::SettingsArgs;
    use crate::testing::{mock_session, parse, parsed};

    #[test]
    fn flags_become_plain_values() {
        let create: CreateArgs =
            parsed(&["Audit", "--type", "custom", "--tag", "a", "--tag", "b", "--quota", "1KiB", "--indexing"]);
        assert_eq!((&*create.title, create.kind), ("Audit", RoomType::Custom));
        let tags = Some(vec!["a".to_owned(), "b".to_owned()]);
        let shared = SettingsArgs { tags, quota: Some(1024), ..SettingsArgs::default() };
        assert_eq!(create.settings, RoomSettingsArgs { shared, indexing: Some(true), ..RoomSettingsArgs::default() });
    }

    #[test]
    fn switches_that_can_only_be_turned_on_take_no_value() {
        assert!(parse::<CreateArgs>(&["Audit", "--type", "custom", "--indexing=off"]).is_err());
        assert!(parse::<CreateArgs>(&["Audit", "--type", "custom", "--deny-download", "on"]).is_err());
    }

    #[tokio::test]
    async fn room_is_created_without_a_terminal() {
        let (mock, session) = mock_session().await;
        let create: CreateArgs = parsed(&["Audit", "--type", "custom", "--color", "FF5733", "--deny-download"]);
        let report = create.run(&session).await.expect("a room");
        let Records::Row(RoomRecord(room)) = report.records else { panic!("one room is reported") };
        assert_eq!((&*room.title, room.deny_download), ("Audit", true));
        let sent = mock.requests().pop().and_then(|request| request.json()).expect("a body");
        let expected = json!({"title": "Audit", "roomType": 5, "color": "FF5733", "denyDownload": true});
        assert_eq!(sent, expected, "settings that were not typed are not sent");
    }
}
