//! `docspace rooms create`.

use clap::Args;
use docspace::RoomType;

use super::outcome;
use crate::args::{ApplyTo, RoomSettingsArgs, flag, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::Report;
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace rooms create "Audit 2026" --type custom --tag audit
  docspace rooms create "Deal with Acme" --type virtual-data --indexing --quota 2GiB
  id=$(docspace rooms create Deal --type virtual-data --deny-download | cut -f1)"#;

/// The arguments of `docspace rooms create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("quota", |arg| {
    arg.help("Set the storage limit: a size such as 2GiB, a number of bytes, or `unlimited` (default: the limit in the \
         settings of the portal)")
}))]
#[command(mut_arg("indexing", |arg| flag(arg).help("Number the files and folders in the room")))]
#[command(mut_arg("deny_download", |arg| {
    flag(arg).help("Prevent members with view-only access from downloading, copying and printing")
}))]
pub(crate) struct CreateArgs {
    /// Title of the room
    #[arg(value_parser = values::text)]
    title: String,
    /// Set the type of the room
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true)]
    room_type: RoomType,
    #[command(flatten)]
    settings: RoomSettingsArgs,
}

impl PortalCommand for CreateArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let question = format!("whether the room “{}” was created", self.title.trim());
        let unknown = UnknownOutcome::new(question, hints::rooms_titled(&self.title));
        let title = self.title.clone();
        let room = session.portal.rooms().create(self.title, self.room_type);
        let quota = self.settings.shared.quota;
        let call = self.settings.apply_to(room).send();
        let room = change(&unknown, call).await.map_err(Failure::with_cover_hint)?;
        Ok(outcome::report(room, Some(&title), quota))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::args::SettingsArgs;
    use crate::output::Records;
    use crate::testing::{mock_session, parse, parsed};

    #[test]
    fn flags_are_parsed_into_settings() {
        let create: CreateArgs =
            parsed(&["Audit", "--type", "custom", "--tag", "a", "--tag", "b", "--quota", "1KiB", "--indexing"]);
        assert_eq!((&*create.title, create.room_type), ("Audit", RoomType::Custom));
        let tags = Some(vec!["a".to_owned(), "b".to_owned()]);
        let shared = SettingsArgs { tags, quota: Some(values::Quota::Bytes(1024)), ..SettingsArgs::default() };
        assert_eq!(create.settings, RoomSettingsArgs { shared, indexing: Some(true), ..RoomSettingsArgs::default() });
    }

    #[test]
    fn switches_of_create_take_no_value() {
        assert!(parse::<CreateArgs>(&["Audit", "--type", "custom", "--indexing=off"]).is_err());
        assert!(parse::<CreateArgs>(&["Audit", "--type", "custom", "--deny-download", "on"]).is_err());
    }

    #[tokio::test]
    async fn room_is_created_with_the_given_settings_only() {
        let (mock, session) = mock_session().await;
        let create: CreateArgs = parsed(&["Audit", "--type", "custom", "--color", "FF5733", "--deny-download"]);
        let report = create.run(&session).await.expect("a room");
        let Records::Row(RoomRecord(room)) = report.records else { panic!("one room is reported") };
        assert_eq!((&*room.title, room.deny_download), ("Audit", true));
        let sent = mock.requests().pop().and_then(|request| request.json()).expect("a body");
        let expected = json!({"title": "Audit", "roomType": 5, "color": "FF5733", "denyDownload": true});
        assert_eq!(sent, expected, "settings without a flag are not sent");
    }
}
