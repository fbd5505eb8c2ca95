//! The entities in the bodies of deliveries
//! (docs/portal/webhooks.md#payload-of-rooms-folders-and-files,
//! docs/portal/webhooks.md#payload-of-people-and-groups).
//!
//! Members with the values 0, `false` and null are left out.

use serde::Serialize;
use uuid::Uuid;

use crate::portal::Portal;
use crate::portal::webhooks::body::date;
use crate::state::access::Access;
use crate::state::content::{File, SubFolder};
use crate::state::entries::{EntryId, EntryType, FolderType};
use crate::state::people::{ActivationStatus, PersonStatus};
use crate::state::rooms::{Member, Room};
use crate::wire::{dates, escaped_json};

/// The number of the portal. Registered portals have other numbers, which bodies do not show.
const TENANT: i64 = 1;

/// What happened to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entity {
    /// A room, a template, or a folder in one of them.
    Folder(i64),
    File(i64),
    Person(Uuid),
    PeopleGroup(Uuid),
}

/// An entity as an event shows it.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// The id as text, which targets of webhooks contain.
    pub(super) id: String,
    /// The room that the entity is in, or that it is.
    pub(super) room: Option<i64>,
    payload: Payload,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Payload {
    Entry(Box<Entry>),
    Person(Box<Person>),
    PeopleGroup(PeopleGroup),
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: i64,
    parent_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_record: Option<ShareRecord>,
    security_by_users: Empty,
    folder_id_display: i64,
    root_id: i64,
    title: String,
    create_by: Uuid,
    modified_by: Uuid,
    #[serde(skip_serializing_if = "is_none")]
    access: Access,
    #[serde(skip_serializing_if = "is_false")]
    shared: bool,
    #[serde(skip_serializing_if = "is_false")]
    shared_for_user: bool,
    #[serde(skip_serializing_if = "is_false")]
    shared_external: bool,
    #[serde(skip_serializing_if = "is_false")]
    parent_shared: bool,
    create_on: String,
    modified_on: String,
    root_folder_type: FolderType,
    root_create_by: Uuid,
    file_entry_type: EntryType,
}

#[derive(Clone, Debug, Serialize)]
struct Empty {}

/// A trace of the check of another person's rights, which receivers must ignore.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ShareRecord {
    tenant_id: i64,
    entry_id: i64,
    entry_type: EntryType,
    subject: Uuid,
    owner: Uuid,
    share: Access,
    parent_id: i64,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    id: Uuid,
    first_name: String,
    last_name: String,
    user_name: String,
    status: PersonStatus,
    #[serde(skip_serializing_if = "is_not_activated")]
    activation_status: ActivationStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    work_from_date: Option<String>,
    email: String,
    last_modified: String,
    tenant_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    culture_name: Option<String>,
    create_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<Uuid>,
    #[serde(skip_serializing_if = "is_false")]
    check_activation: bool,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PeopleGroup {
    id: Uuid,
    name: String,
    authentication_type: &'static str,
    key: Uuid,
}

fn is_none(access: &Access) -> bool {
    *access == Access::NONE
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_not_activated(status: &ActivationStatus) -> bool {
    *status == ActivationStatus::NOT_ACTIVATED
}

impl Subject {
    pub(super) fn payload(&self) -> String {
        escaped_json::write(&self.payload)
    }

    /// Removes what a portal adds to a new room only after its event: the automatic link and the
    /// members.
    pub(super) fn clear_shares(&mut self) {
        if let Payload::Entry(entry) = &mut self.payload {
            (entry.shared, entry.shared_external, entry.shared_for_user) = (false, false, false);
        }
    }

    /// Adds the traces of the check whether another person may read the entity. `member` is the
    /// person's membership in the room.
    pub(super) fn add_traces(&mut self, member: Option<&Member>, room: &Room) {
        let Payload::Entry(entry) = &mut self.payload else { return };
        entry.access = member.map_or(Access::RESTRICT, |member| member.access);
        entry.share_record = member.map(|member| ShareRecord {
            tenant_id: TENANT,
            entry_id: room.id,
            entry_type: EntryType::FOLDER,
            subject: member.subject,
            owner: member.by,
            share: member.access,
            parent_id: room.id,
        });
    }
}

impl Portal {
    /// An entity as an event shows it now. `None` if it does not exist.
    pub(crate) fn subject(&self, entity: Entity) -> Option<Subject> {
        match entity {
            Entity::Folder(id) => match self.rooms.get(id) {
                Some(room) => Some(in_room(room, self.room_entry(room))),
                None => {
                    let room = self.rooms.room_with_folder(id)?;
                    let folder = room.folder(id)?;
                    Some(in_room(room, self.folder_entry(room, folder)))
                }
            },
            Entity::File(id) => {
                let (room, file) = self.rooms.room_with_file(id)?;
                Some(in_room(room, self.file_entry(room, file)))
            }
            Entity::Person(id) => {
                let payload = Payload::Person(Box::new(self.person(id)?));
                Some(Subject { id: id.to_string(), room: None, payload })
            }
            Entity::PeopleGroup(id) => {
                let name = self.people_groups.iter().find(|group| group.id == id)?.name.clone();
                let payload = Payload::PeopleGroup(PeopleGroup { id, name, authentication_type: "ASC", key: id });
                Some(Subject { id: id.to_string(), room: None, payload })
            }
        }
    }

    fn room_entry(&self, room: &Room) -> Entry {
        Entry {
            id: room.id,
            parent_id: room.area.root(),
            share_record: None,
            security_by_users: Empty {},
            folder_id_display: room.area.root(),
            root_id: room.area.root(),
            title: room.title.clone(),
            create_by: room.owner,
            modified_by: room.updated_by,
            access: Access::NONE,
            shared: room.has_external_link(),
            shared_for_user: !room.members.is_empty(),
            shared_external: room.has_external_link(),
            parent_shared: false,
            create_on: date(dates::whole_seconds(room.created)),
            modified_on: date(dates::whole_seconds(room.updated)),
            root_folder_type: room.area.folder_type(),
            root_create_by: self.people.owner(),
            file_entry_type: EntryType::FOLDER,
        }
    }

    fn folder_entry(&self, room: &Room, folder: &SubFolder) -> Entry {
        let shared = !self.entry_links.of(EntryId::folder(folder.id)).is_empty();
        Entry {
            id: folder.id,
            parent_id: folder.parent,
            folder_id_display: folder.parent,
            title: folder.title.clone(),
            create_by: folder.created_by,
            modified_by: folder.updated_by,
            shared,
            shared_for_user: false,
            shared_external: shared,
            parent_shared: room.has_external_link(),
            create_on: date(dates::whole_seconds(folder.created)),
            modified_on: date(dates::whole_seconds(folder.updated)),
            ..self.room_entry(room)
        }
    }

    fn file_entry(&self, room: &Room, file: &File) -> Entry {
        let shared = !self.entry_links.of(EntryId::file(file.id)).is_empty();
        Entry {
            id: file.id,
            parent_id: file.parent,
            folder_id_display: file.parent,
            title: file.title.clone(),
            create_by: file.created_by,
            modified_by: file.updated_by,
            shared,
            shared_for_user: false,
            shared_external: shared,
            parent_shared: room.has_external_link(),
            create_on: date(dates::whole_seconds(file.created)),
            modified_on: date(dates::whole_seconds(file.updated)),
            file_entry_type: EntryType::FILE,
            ..self.room_entry(room)
        }
    }

    fn person(&self, id: Uuid) -> Option<Person> {
        let person = self.people.get(id)?;
        let registered = format!("{}Z", dates::write_raw(person.registered));
        let invited = person.status == PersonStatus::PENDING;
        Some(Person {
            id,
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            user_name: person.user_name.clone(),
            status: person.status,
            activation_status: person.activation,
            work_from_date: (!invited).then(|| registered.clone()),
            email: person.email.clone(),
            last_modified: registered.clone(),
            tenant_id: TENANT,
            culture_name: person.culture.clone().filter(|_| invited),
            create_date: registered,
            created_by: person.created_by,
            check_activation: person.status != PersonStatus::ACTIVE || person.activation == ActivationStatus::PENDING,
        })
    }
}

fn in_room(room: &Room, entry: Entry) -> Subject {
    Subject { id: entry.id.to_string(), room: Some(room.id), payload: Payload::Entry(Box::new(entry)) }
}
