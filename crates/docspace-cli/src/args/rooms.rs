//! Rooms and templates as arguments.

use std::str::FromStr;

use clap::Args;
use docspace::{Portal, RoomId};

use crate::failure::Failure;
use crate::input;
use crate::lookup::{Kind, NamedRoom, RoomName};
use crate::session::Session;

/// One room.
#[derive(Debug, Args)]
pub(crate) struct RoomArg {
    /// Id, title or portal address of the room (see `docspace rooms list`)
    #[arg(value_name = "ROOM")]
    room: RoomName,
}

impl RoomArg {
    /// Returns the id of the room.
    pub(crate) async fn find(&self, session: &Session) -> Result<RoomId, Failure> {
        self.room.find(&session.portal, Kind::Room).await
    }
}

/// One template.
#[derive(Debug, Args)]
pub(crate) struct TemplateArg {
    /// Id, title or portal address of the template (see `docspace templates list`)
    #[arg(value_name = "TEMPLATE")]
    template: RoomName,
}

impl TemplateArg {
    /// Returns the id of the template.
    pub(crate) async fn find(&self, session: &Session) -> Result<RoomId, Failure> {
        self.template.find(&session.portal, Kind::Template).await
    }
}

/// One or more rooms.
#[derive(Debug, Args)]
pub(crate) struct RoomsArg {
    /// Ids, titles or portal addresses of the rooms (see `docspace rooms list`); `-` reads them
    /// from standard input, one per line
    #[arg(value_name = "ROOM", required = true)]
    rooms: Vec<NameOrStdin>,
}

impl RoomsArg {
    /// Whether no room is given, in commands that do not require one.
    pub(crate) fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }

    /// Returns the ids of the rooms in the order of the arguments. Finds all of them before it
    /// returns, so that a wrong one stops the command before it begins.
    pub(crate) async fn find(&self, session: &Session) -> Result<Vec<RoomId>, Failure> {
        Ok(self.find_named(session).await?.into_iter().map(|room| room.id).collect())
    }

    /// Works like [`find`](Self::find), and also returns the titles that are arguments.
    pub(crate) async fn find_named(&self, session: &Session) -> Result<Vec<NamedRoom>, Failure> {
        find_all(&self.rooms, &session.portal, Kind::Room).await
    }
}

/// One or more templates.
#[derive(Debug, Args)]
pub(crate) struct TemplatesArg {
    /// Ids, titles or portal addresses of the templates (see `docspace templates list`); `-` reads
    /// them from standard input, one per line
    #[arg(value_name = "TEMPLATE", required = true)]
    templates: Vec<NameOrStdin>,
}

impl TemplatesArg {
    /// Finds the templates, as [`RoomsArg::find_named`] does.
    pub(crate) async fn find_named(&self, session: &Session) -> Result<Vec<NamedRoom>, Failure> {
        find_all(&self.templates, &session.portal, Kind::Template).await
    }
}

/// The name of a room or template, or `-` for names on standard input.
#[derive(Clone, Debug)]
enum NameOrStdin {
    Name(RoomName),
    Stdin,
}

impl FromStr for NameOrStdin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "-" { Ok(Self::Stdin) } else { text.parse().map(Self::Name) }
    }
}

/// Maximum length of the names on standard input in bytes.
const MAX_INPUT_LENGTH: usize = 16 << 20;

async fn find_all(names: &[NameOrStdin], portal: &Portal, kind: Kind) -> Result<Vec<NamedRoom>, Failure> {
    let mut all = Vec::new();
    for name in names {
        match name {
            NameOrStdin::Name(name) => all.push(name.clone()),
            NameOrStdin::Stdin => all.extend(names_in(&input::read_stdin("list of ids", MAX_INPUT_LENGTH)?)?),
        }
    }
    let mut found = Vec::with_capacity(all.len());
    for name in all {
        found.push(name.find_named(portal, kind).await?);
    }
    Ok(found)
}

/// Parses one name per line. A line can also be one that a list command prints, which begins with
/// the id and a tab.
fn names_in(text: &str) -> Result<Vec<RoomName>, Failure> {
    let lines = text.lines().map(|line| line.split('\t').next().unwrap_or_default().trim()).enumerate();
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| {
            line.parse().map_err(|error: String| {
                Failure::usage(format!("line {} of standard input, `{line}`: {error}", number + 1))
                    .advise("pass one id, title or portal address per line")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_has_one_name_per_line() {
        let id = |number| RoomName::Id(RoomId::Number(number));
        let title = RoomName::Title("Audit 2026".to_owned());
        assert_eq!(names_in("5\r\n\r\n6\tAudit\tcustom\nAudit 2026\n").expect("names"), [id(5), id(6), title]);
        assert_eq!(names_in("").expect("no names"), []);
        let error = names_in("5\n0\n").expect_err("no id");
        assert!(error.message().starts_with("line 2 of standard input, `0`: "), "{error:?}");
    }
}
