//! Events: for which webhooks they are, and what waits to be sent
//! (docs/portal/webhooks.md#which-webhooks-are-called).

mod body;
mod deliveries;
mod payload;

pub(crate) use payload::{Entity, Subject};

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::people::{PersonStatus, Role};
use crate::state::rooms::Area;
use crate::state::webhooks::log::LogEntry;
use crate::state::webhooks::trigger::Trigger;

impl Portal {
    /// Reports that a person did something to an entity, as the entity is now.
    pub(crate) fn happened(&mut self, by: Uuid, trigger: Trigger, entity: Entity) {
        if self.webhooks.all.is_empty() {
            return;
        }
        if let Some(subject) = self.subject(entity) {
            self.report(by, trigger, subject);
        }
    }

    /// Reports that a person did something to an entity that may have changed since or no longer
    /// exist.
    pub(crate) fn report(&mut self, by: Uuid, trigger: Trigger, mut subject: Subject) {
        let asking: Vec<(i64, Uuid)> = self
            .webhooks
            .all
            .iter()
            .filter(|hook| hook.asks_for(trigger, &subject.id))
            .map(|hook| (hook.id, hook.created_by))
            .collect();
        if trigger != Trigger::ROOM_DELETED {
            self.leave_traces(by, &asking, &mut subject);
        }
        if trigger == Trigger::ROOM_CREATED {
            subject.clear_shares();
        }
        let payload = subject.payload();
        let now = self.now();
        for (id, creator) in asking {
            if creator != by && !self.hears_of(creator, &subject) {
                continue;
            }
            let entry = self.webhooks.next_entry();
            let Some(hook) = self.webhooks.get(id).map(|hook| hook.at_event()) else { continue };
            let mut entry = LogEntry {
                id: entry,
                trigger,
                created: now,
                occurred: now,
                by,
                payload: payload.clone(),
                hook,
                request: String::new(),
                signature: None,
                response_headers: None,
                response: None,
                status: 0,
                delivered: None,
            };
            entry.request = body::body(&entry, false, None);
            self.webhooks.send(entry);
        }
    }

    /// Whether the creator of a webhook hears of what other people do to an entity.
    fn hears_of(&self, creator: Uuid, subject: &Subject) -> bool {
        let Some(person) = self.people.get(creator).filter(|person| person.status != PersonStatus::TERMINATED) else {
            return false;
        };
        let Some(room) = subject.room else { return person.role.manages_rooms() };
        self.rooms.get(room).is_some_and(|room| self.permissions(room, Some(creator), None).can_read(room))
    }

    /// Adds the traces that the check of the first other person without all rights leaves in the
    /// body, the same in every body of the event.
    fn leave_traces(&self, by: Uuid, asking: &[(i64, Uuid)], subject: &mut Subject) {
        let Some(room) = subject.room.and_then(|id| self.rooms.around(id)) else { return };
        let is_checked = |id: &Uuid| {
            *id != by && *id != room.owner && self.people.get(*id).is_some_and(|person| !person.role.is_admin())
        };
        let Some(first) = asking.iter().map(|(_, creator)| *creator).find(is_checked) else { return };
        let member = room.members.iter().find(|member| member.subject == first);
        subject.add_traces(member, room);
    }

    /// The trigger of the move of a room to another area.
    pub(crate) fn trigger_of_move(area: Area) -> Trigger {
        if area == Area::Archive { Trigger::ROOM_ARCHIVED } else { Trigger::ROOM_RESTORED }
    }

    /// The trigger of the delete of a room, or of a folder in a room.
    pub(crate) fn trigger_of_delete(&self, id: i64) -> Trigger {
        if self.rooms.get(id).is_some() { Trigger::ROOM_DELETED } else { Trigger::FOLDER_TRASHED }
    }

    /// Whether any webhook is called at all.
    pub(crate) fn has_webhooks(&self) -> bool {
        self.webhooks.all.iter().any(|hook| hook.enabled)
    }

    /// Whether a person may not manage webhooks, because room admins and users are locked out.
    pub(crate) fn is_locked_out_of_webhooks(&self, role: Role) -> bool {
        role == Role::Guest || (self.webhooks.limited && !role.is_admin())
    }
}
