//! Rooms that are given either by name or by filters.

use clap::Args;
use docspace::Room;
use docspace::rooms::SearchArea;
use futures::TryStreamExt;

use super::filter::RoomFilterArgs;
use super::rooms::RoomsArg;
use super::safety::SafetyArgs;
use crate::failure::Failure;
use crate::lookup::NamedRoom;
use crate::output::Bar;
use crate::session::Session;
use crate::terminal::Terminal;

/// Either rooms or filters.
#[derive(Debug, Args)]
#[command(mut_arg("rooms", |arg| {
    arg.required(false).help("Ids, titles or portal addresses of the rooms (see `docspace rooms list`); `-` reads them \
         from standard input, one per line. Without rooms, the filters select them")
}))]
pub(crate) struct SelectionArgs {
    #[command(flatten)]
    rooms: RoomsArg,
    #[command(flatten)]
    filter: RoomFilterArgs,
}

/// The rooms or templates that a command changes.
#[derive(Debug)]
pub(crate) enum Selection {
    /// Those that a person named, with repetitions.
    Named(Vec<NamedRoom>),
    /// The rooms that filters found.
    Found(Vec<Room>),
}

impl SelectionArgs {
    /// Rejects both rooms and filters, and neither of them. `has_area` is whether a flag selects
    /// all rooms of an area.
    pub(crate) fn check(&self, has_area: bool) -> Result<(), Failure> {
        match (self.rooms.is_empty(), self.filter.is_empty() && !has_area) {
            (true, true) => Err(Failure::usage("there are neither rooms nor filters")
                .advise("name the rooms, or select them with filters such as --tag")),
            (false, false) => Err(Failure::usage("there are both rooms and filters")
                .advise("leave out the rooms, or filters such as --tag")),
            _ => Ok(()),
        }
    }

    /// Works like [`check`](Self::check) for changes that need a confirmation only with filters.
    pub(crate) fn check_confirmed(&self, safety: &SafetyArgs, terminal: Terminal) -> Result<(), Failure> {
        self.check(false)?;
        match self.rooms.is_empty() {
            true => safety.check_because("filters can select many rooms", terminal),
            false => Ok(()),
        }
    }

    /// Finds the rooms. Filters search in this area.
    pub(crate) async fn find(self, area: SearchArea, session: &Session) -> Result<Selection, Failure> {
        if !self.rooms.is_empty() {
            return Ok(Selection::Named(self.rooms.find_named(session).await?));
        }
        let _bar = Bar::start(session.terminal, "reading rooms", 1);
        Ok(Selection::Found(self.filter.list(area, session).await?.stream().try_collect().await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::parsed;

    #[test]
    fn rooms_are_given_by_name_or_by_filters_but_not_both() {
        let check = |arguments: &[&str], has_area| {
            parsed::<SelectionArgs>(arguments).check(has_area).map_err(|failure| failure.message().to_owned())
        };
        assert_eq!(check(&["17"], false), Ok(()));
        assert_eq!(check(&["--tag", "a"], false), Ok(()));
        assert_eq!(check(&[], true), Ok(()));
        assert_eq!(check(&[], false), Err("there are neither rooms nor filters".to_owned()));
        for has_area in [false, true] {
            let both = Err("there are both rooms and filters".to_owned());
            assert_eq!(check(&["17", "--untagged"], has_area), both);
        }
        assert!(check(&["17"], true).is_err());
    }
}
