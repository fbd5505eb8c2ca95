//! Compares the folders of a room.
//!
//! A folder that is listed must be there, with the folders around it. Titles compare exactly, as a
//! portal keeps them. Two folders can have the same path: then the path is there.

use std::collections::{HashMap, HashSet};

use super::action::Action;
use super::room::Comparison;
use crate::actual::{ActualFolder, ActualRoom};

impl Comparison<'_> {
    /// Creates the folders that are missing, outer ones first. Others are not managed.
    pub(super) fn compare_folders(&mut self, room: &ActualRoom) {
        let Some(wanted) = &self.wanted.settings.folders else { return };
        let mut actual: HashMap<&[String], Vec<&ActualFolder>> = HashMap::new();
        for folder in room.folders.iter().flatten() {
            actual.entry(folder.titles.as_slice()).or_default().push(folder);
        }
        let mut compared = HashSet::new();
        for path in wanted.iter().flat_map(|path| path.with_parents()) {
            if !compared.insert(path.clone()) {
                continue;
            }
            if actual.contains_key(path.titles()) {
                self.unchanged(format!("folder {path}"));
                continue;
            }
            let parent = path.parent();
            let parents = parent.as_ref().and_then(|parent| actual.get(parent.titles()));
            if let (Some(parent), Some([_, _, ..])) = (&parent, parents.map(Vec::as_slice)) {
                let ids: Vec<String> = parents.into_iter().flatten().map(|folder| folder.id.to_string()).collect();
                let message =
                    format!("folder {path}: several folders have the path `{parent}`, with the ids {}", ids.join(", "));
                self.problem(message, "rename one of them, or create the folder by hand in one of them");
                continue;
            }
            self.act(Action::CreateFolder { path });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PlanOptions, Prune, plan};
    use super::*;
    use crate::actual::Actual;
    use crate::names::TypeName;
    use crate::parse::{Source, parse};
    use crate::plan::Plan;

    fn planned(folders: &str, there: &[&str]) -> Plan {
        let file = format!("rooms: [{{title: Audit, type: custom, folders: [{folders}]}}]");
        let wanted = parse(&[Source::new("rooms.yaml", file)]).unwrap();
        let mut room = ActualRoom::created(17.into(), "Audit", TypeName::Custom);
        let titles = |path: &&str| path.split('/').map(str::to_owned).collect();
        let folders = there.iter().zip(20..).map(|(path, id)| ActualFolder { id: id.into(), titles: titles(path) });
        room.folders = Some(folders.collect());
        let options = PlanOptions { prune: Prune::All, ..PlanOptions::default() };
        plan(&wanted, &Actual { rooms: vec![room], ..Actual::default() }, &options)
    }

    fn lines(plan: &Plan) -> Vec<String> {
        assert_eq!(plan.problems, []);
        plan.rooms[0].actions.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn missing_folders_are_created_in_the_order_of_the_file_after_those_around_them() {
        let plan = planned("Invoices, Contracts/2027/Signed, Contracts/2026, Contracts", &["Contracts/2027", "Other"]);
        assert_eq!(
            lines(&plan),
            ["folder Invoices", "folder Contracts", "folder Contracts/2027/Signed", "folder Contracts/2026"]
        );
        assert_eq!(plan.rooms[0].unchanged, ["title", "folder Contracts/2027"]);
        assert_eq!((plan.counts().add, plan.counts().not_managed), (4, 0));
    }

    #[test]
    fn titles_of_folders_compare_exactly() {
        assert_eq!(lines(&planned("Contracts", &["contracts"])), ["folder Contracts"]);
    }

    #[test]
    fn path_of_several_folders_is_there_but_nothing_is_created_in_one_of_them() {
        let several = ["Contracts", "Contracts", "Contracts/2026"];
        assert_eq!(lines(&planned("Contracts, Contracts/2026/Signed", &several)), ["folder Contracts/2026/Signed"]);
        assert_eq!(
            planned("Contracts/2027", &several).problems[0].to_string(),
            "rooms.yaml:1:9: folder Contracts/2027: several folders have the path `Contracts`, with the ids 20, 21; \
             rename one of them, or create the folder by hand in one of them"
        );
    }
}
