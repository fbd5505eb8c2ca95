//! A plan as text.

use docspace::printable;

use super::action::Sign;
use super::outcome::{Counts, Plan, RoomPlan};

impl Plan {
    /// The plan for a terminal: each room that differs with its actions, and a line with all
    /// counts. Passwords are not shown.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for room in self.rooms.iter().filter(|room| room.is_shown()) {
            text.push_str(&format!("{}\n", printable(&room.heading())));
            for action in &room.actions {
                text.push_str(&format!("  {} {}\n", action.sign().character(), printable(&action.to_string())));
            }
            for note in &room.notes {
                text.push_str(&format!("  note: {}\n", printable(note)));
            }
            text.push('\n');
        }
        text + &format!("{}\n", self.summary())
    }

    /// The plan for a comment on a pull request.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("### Plan for `{}`\n\n{}\n", printable(&self.manifest), self.summary());
        for room in self.rooms.iter().filter(|room| room.is_shown()) {
            // A heading of Markdown cannot contain a backtick between backticks.
            text.push_str(&format!("\n`` {} ``\n\n```diff\n", printable(&room.heading())));
            for action in &room.actions {
                let sign = if action.sign() == Sign::Change { '!' } else { action.sign().character() };
                text.push_str(&format!("{sign} {}\n", printable(&action.to_string())));
            }
            for note in &room.notes {
                text.push_str(&format!("# {}\n", printable(note)));
            }
            text.push_str("```\n");
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
    use super::super::{PlanOptions, plan};
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
             - title: New\n  type: public\n  quota: 1KiB\n  links: {For all: {access: read, password: secret-word}}\n",
        );
        assert_eq!(
            plan.to_text(),
            "Audit (custom, 17, rooms.yaml:2)\n\
             \x20 ~ indexing: false → true\n\
             \x20 + tag a [2J\n\
             \n\
             New (public, new, rooms.yaml:3)\n\
             \x20 + create the room (quota: 1024 bytes)\n\
             \x20 + external link For all: read, with a password\n\
             \n\
             3 to add, 1 to change, 0 to remove, 2 unchanged, 1 not managed\n"
        );
        assert!(plan.to_markdown().contains("```diff\n! indexing: false → true\n+ tag"), "{}", plan.to_markdown());
        assert!(!plan.to_markdown().contains("secret-word"));
    }

    #[test]
    fn plan_without_differences_is_one_line() {
        let plan = planned("rooms: [{title: Audit, type: custom, tags: [OLD]}]");
        assert_eq!(plan.to_text(), "Nothing to do: 2 unchanged, 0 not managed\n");
    }
}
