//! The members of one room as a wanted state.

use std::collections::BTreeMap;

use docspace::{Portal, Result, RoomHandle};

use crate::manifest::Room;
use crate::names::{AccessName, TypeName};
use crate::plan::{Plan, PlanOptions, plan};
use crate::read::read;
use crate::wanted::Wanted;

/// Plans the members of a room. Implemented for [`RoomHandle`].
///
/// ```
/// use docspace_manifest::PlanMembers;
/// use docspace_manifest::apply::{ApplyOptions, apply};
/// use docspace_manifest::names::AccessName;
/// use docspace_manifest::plan::{PlanOptions, Prune};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// # use docspace::RoomType;
/// # let mock = docspace_mock::MockPortal::builder().person("ann", docspace_mock::Role::User).start().await?;
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit", RoomType::Custom).send().await?;
/// # let ann = mock.email("ann");
/// let team = [(ann, AccessName::Editing)];
/// let options = PlanOptions { prune: Prune::Own, ..PlanOptions::default() };
/// let plan = portal.room(&room).plan_members(&portal, team, &options).await?;
/// for action in &plan.rooms[0].actions {
///     println!("{} {action}", action.sign().character());
/// }
/// apply(&portal, &plan, &ApplyOptions::default(), |_| {}).await?;
/// # Ok(()) })
/// # }
/// ```
pub trait PlanMembers {
    /// Compares the members of the room, who are people, with these addresses or ids and accesses.
    /// People groups and everything else of the room are not managed.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](docspace::ErrorKind::NotFound): the room does not exist.
    fn plan_members(
        &self,
        portal: &Portal,
        wanted: impl IntoIterator<Item = (impl Into<String>, AccessName)>,
        options: &PlanOptions,
    ) -> impl Future<Output = Result<Plan>>;
}

impl PlanMembers for RoomHandle {
    async fn plan_members(
        &self,
        portal: &Portal,
        wanted: impl IntoIterator<Item = (impl Into<String>, AccessName)>,
        options: &PlanOptions,
    ) -> Result<Plan> {
        let members: BTreeMap<String, AccessName> =
            wanted.into_iter().map(|(who, access)| (who.into().trim().to_owned(), access)).collect();
        let found = self.get().await?;
        // The plan reports a room of a type that this version does not know as a room that is not
        // there.
        let room_type = TypeName::of(found.room_type).unwrap_or(TypeName::Custom);
        let mut room = Room { id: Some(found.id), ..Room::new(found.title, room_type) };
        room.settings.members = Some(members);
        let wanted = Wanted::new(crate::wanted::DEFAULT_NAME, [room]);
        Ok(plan(&wanted, &read(portal, &wanted).await?, options))
    }
}
