//! A plan as text.

use docspace::printable;

use super::action::Sign;
use super::outcome::{Counts, Plan, RoomPlan};

/// How many things that are not managed the short text names.
const MOST_NAMED: usize = 5;

impl Plan {
    /// The plan for a terminal: each room that differs with its actions, a line with all counts,
    /// and the first things that are not managed. Passwords are not shown.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for room in self.rooms.iter().filter(|room| room.is_shown()) {
            text.push_str(&room.to_text());
            text.push('\n');
        }
        text + &self.end()
    }

    /// As [`to_text`](Self::to_text), for all rooms and with the names of everything that is
    /// unchanged or not managed.
    pub fn to_full_text(&self) -> String {
        let mut text = String::new();
        for room in &self.rooms {
            text.push_str(&room.to_text());
            for name in &room.unchanged {
                text.push_str(&format!("    unchanged: {}\n", printable(name)));
            }
            for extra in &room.not_managed {
                text.push_str(&format!("    not managed: {}\n", printable(&extra.described(None))));
            }
            text.push('\n');
        }
        text + &format!("{}\n", self.summary())
    }

    /// The plan for a comment on a pull request.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("### Plan for `{}`\n\n{}", printable(&self.manifest), self.end());
        for room in self.rooms.iter().filter(|room| room.is_shown()) {
            // A heading of Markdown cannot contain a backtick between backticks.
            text.push_str(&format!("\n`` {} ``\n\n```diff\n", printable(&room.heading())));
            for action in &room.actions {
                let sign = if action.sign() == Sign::Change { '!' } else { action.sign().character() };
                action.lines().iter().for_each(|line| text.push_str(&format!("{sign} {}\n", printable(line))));
            }
            for note in &room.notes {
                text.push_str(&format!("# {}\n", printable(note)));
            }
            text.push_str("```\n");
        }
        text
    }

    /// The counts, and the first things that are not managed.
    fn end(&self) -> String {
        let described = |room: &RoomPlan| -> Vec<String> {
            room.not_managed.iter().map(|extra| extra.described(Some(&room.title))).collect()
        };
        let all: Vec<String> = self.rooms.iter().flat_map(described).collect();
        let mut text = format!("{}\n", self.summary());
        if !all.is_empty() {
            let named = all.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = match all.len().saturating_sub(MOST_NAMED) {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            text.push_str(&format!("Not managed: {}{more}\n", printable(&named)));
        }
        text
    }

    /// One line with all counts.
    pub fn summary(&self) -> String {
        let Counts { add, change, remove, unchanged, not_managed } = self.counts();
        if !self.differs() {
            return format!("Nothing to do: {unchanged} unchanged, {not_managed} not managed");
        }
        format!(
            "{add} to add, {change} to change, {remove} to remove, {unchanged} unchanged, {not_managed} not managed"
        )
    }
}

impl RoomPlan {
    /// The heading, the actions and the notes.
    fn to_text(&self) -> String {
        let mut text = format!("{}\n", printable(&self.heading()));
        for action in &self.actions {
            let sign = action.sign().character();
            action.lines().iter().for_each(|line| text.push_str(&format!("  {sign} {}\n", printable(line))));
        }
        self.notes.iter().for_each(|note| text.push_str(&format!("  note: {}\n", printable(note))));
        text
    }

    /// The title, the type, the id and the place in the files.
    fn heading(&self) -> String {
        let id = self.id.as_ref().map_or_else(|| "new".to_owned(), ToString::to_string);
        let place = self.place.as_ref().map(|place| format!(", {}:{}", place.file, place.line)).unwrap_or_default();
        format!("{} ({}, {id}{place})", self.title, self.room_type)
    }

    fn is_shown(&self) -> bool {
        !self.actions.is_empty() || !self.notes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Extra, PlanOptions, model, plan};
    use crate::actual::{Actual, ActualRoom};
    use crate::names::TypeName;
    use crate::parse::{Source, parse};

    fn planned(file: &str) -> super::Plan {
        let wanted = parse(&[Source::new("rooms.yaml", file)]).unwrap();
        let mut room = ActualRoom::created(17.into(), "Audit", TypeName::Custom);
        room.tags = ["old".to_owned()].into();
        plan(&wanted, &Actual { rooms: vec![room], ..Actual::default() }, &PlanOptions::default())
    }

    #[test]
    fn text_shows_each_action_and_all_counts() {
        let plan = planned(
            "rooms:\n- {title: Audit, type: custom, tags: [\"a\\e[2J\"], indexing: true, deny-download: false}\n\
             - title: New\n  type: public\n  quota: 1KiB\n  indexing: false\n  links: {For all: {access: read, password: secret-word}}\n",
        );
        assert_eq!(
            plan.to_text(),
            "Audit (custom, 17, rooms.yaml:2)\n\
             \x20 ~ indexing: false → true\n\
             \x20 + tag a [2J\n\
             \n\
             New (public, new, rooms.yaml:3)\n\
             \x20 + create the room\n\
             \x20 + quota: 1 KiB\n\
             \x20 + external link For all: read, with a password\n\
             \n\
             4 to add, 1 to change, 0 to remove, 3 unchanged, 1 not managed\n\
             Not managed: tag old of `Audit`\n"
        );
        assert!(plan.to_markdown().contains("```diff\n! indexing: false → true\n+ tag"), "{}", plan.to_markdown());
        assert!(!plan.to_markdown().contains("secret-word"));
    }

    #[test]
    fn plan_without_differences_is_one_line() {
        let plan = planned("rooms: [{title: Audit, type: custom, tags: [OLD]}]");
        assert_eq!(plan.to_text(), "Nothing to do: 2 unchanged, 0 not managed\n");
        assert_eq!(
            plan.to_full_text(),
            "Audit (custom, 17, rooms.yaml:1)\n    unchanged: title\n    unchanged: tag OLD\n\n\
             Nothing to do: 2 unchanged, 0 not managed\n"
        );
    }

    #[test]
    fn short_text_names_the_first_things_that_are_not_managed() {
        let mut plan = planned("rooms: [{title: Audit, type: custom, tags: []}]");
        let extra = Extra { name: "link A".to_owned(), own: true };
        plan.rooms[0].not_managed.resize(8, extra);
        let text = plan.to_text();
        assert!(
            text.contains("\nNot managed: tag old of `Audit`, link A of `Audit` (made by this manifest), "),
            "{text}"
        );
        assert!(text.ends_with(", and 3 more\n"), "{text}");
        assert_eq!(plan.to_full_text().matches("    not managed: ").count(), 8);
    }

    #[test]
    fn counts_before_and_after_are_of_the_same_things() {
        let file = "rooms: [{title: New, type: custom, tags: [a, b], color: FF5733, indexing: true, deny-download: false, \
                    archived: false, links: {A: {access: read}}}]";
        let wanted = parse(&[Source::new("rooms.yaml", file)]).unwrap();
        let mut actual = Actual::default();
        let first = plan(&wanted, &actual, &PlanOptions::default());
        assert_eq!((first.counts().add, first.counts().unchanged), (6, 2));
        assert_eq!(
            first.rooms[0].actions.iter().map(|action| action.lines().len()).sum::<usize>(),
            first.change_count()
        );
        for action in &first.rooms[0].actions {
            model::act(&mut actual, &wanted.name, &first.rooms[0], action);
        }
        assert_eq!(plan(&wanted, &actual, &PlanOptions::default()).counts().unchanged, 8);
    }

    #[test]
    fn new_rooms_in_the_archive_are_not_removals() {
        let room = |number: usize| format!("{{title: R{number}, type: custom, archived: true}}");
        let rooms: Vec<String> = (0..5).map(room).collect();
        let wanted = parse(&[Source::new("rooms.yaml", format!("rooms: [{}]", rooms.join(", ")))]).unwrap();
        assert_eq!(plan(&wanted, &Actual::default(), &PlanOptions::default()).problems, []);
    }
}
