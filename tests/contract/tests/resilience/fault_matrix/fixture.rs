//! The portal for the calls of the matrix. It is prepared once, and its state is restored for each
//! check, so that checks do not affect each other.

use std::time::Duration;

use contract::server::Server;
use contract::target::Target;
use docspace::folders::{FileId, FolderId};
use docspace::keys::KeyId;
use docspace::links::LinkId;
use docspace::people::{PeopleGroupId, PersonId};
use docspace::rooms::RoomGroupId;
use docspace::transport::RetryPolicy;
use docspace::webhooks::WebhookId;
use docspace::{Access, Portal, PortalBuilder, Room, RoomType, Secret};
use docspace_mock::{Clock, MockPortal, Role};
use serde_json::Value;
use tokio::sync::OnceCell;

/// The password of the link that has one.
pub(crate) const LINK_PASSWORD: &str = "LongEnough1!";

/// The secret of the webhooks.
pub(crate) const WEBHOOK_SECRET: &str = "Wh-Secr3t.2026";

/// The saved state of a prepared portal, and the rooms, links and people that the calls use.
#[derive(Debug)]
pub(crate) struct Fixture {
    state: Value,
    pub(crate) room: Room,
    pub(crate) public: Room,
    pub(crate) archived: Room,
    pub(crate) template: Room,
    pub(crate) indexed: Room,
    /// A folder of `room`.
    pub(crate) folder: FolderId,
    /// A file of `room`.
    pub(crate) file: FileId,
    pub(crate) indexed_folder: FolderId,
    pub(crate) indexed_file: FileId,
    pub(crate) forms: Room,
    /// An external link of `room`.
    pub(crate) link: LinkId,
    pub(crate) share_key: Secret,
    /// An external link of `folder`.
    pub(crate) folder_link: LinkId,
    pub(crate) folder_share_key: Secret,
    /// An external link of `file`.
    pub(crate) file_link: LinkId,
    pub(crate) file_share_key: Secret,
    /// The share key of a link with a password.
    pub(crate) locked_share_key: Secret,
    /// The primary link of `public`.
    pub(crate) primary: LinkId,
    pub(crate) group: RoomGroupId,
    pub(crate) key: KeyId,
    pub(crate) cover: String,
    /// A room admin, and a member of `public`.
    pub(crate) ann: PersonId,
    pub(crate) people_group: PeopleGroupId,
    /// Receives webhooks.
    pub(crate) receiver: Server,
    /// A webhook that is switched off.
    pub(crate) webhook: WebhookId,
    /// A delivery of that webhook.
    pub(crate) delivery: i32,
}

impl Fixture {
    /// The fixture of this process.
    pub(crate) async fn get() -> &'static Self {
        static FIXTURE: OnceCell<Fixture> = OnceCell::const_new();
        FIXTURE.get_or_init(Self::create).await
    }

    async fn create() -> Self {
        let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.expect("a mock portal");
        let portal = Target::at(mock.url(), mock.owner_key(), false).portal();
        let create = |title: &'static str, kind| portal.rooms().create(title, kind).tags(["Audit"]).send();
        let room = create("room", RoomType::Custom).await.unwrap();
        let public = create("public", RoomType::Public).await.unwrap();
        let archived = create("archived", RoomType::Custom).await.unwrap();
        let archived = portal.room(&archived).archive().await.unwrap().wait().await.unwrap();
        let handle = portal.room(&room);
        let template = handle.save_as_template("template").start().await.unwrap().wait().await.unwrap();
        let indexed = portal.rooms().create("indexed", RoomType::VirtualData).indexing(true).send().await.unwrap();
        let forms = create("forms", RoomType::FillingForms).await.unwrap();
        let link = handle.links().create(Access::Read).send().await.unwrap();
        let locked = handle.links().create(Access::Read).password(LINK_PASSWORD).send().await.unwrap();
        let share_key = link.shared_link.request_token.clone().unwrap();
        let locked_share_key = locked.shared_link.request_token.clone().unwrap();
        let primary = portal.room(&public).links().primary().await.unwrap().id();
        let cover = portal.covers().await.unwrap().remove(0).id;
        let group = portal.room_groups().create("group", &cover, [room.id.clone()]).await.unwrap().id;
        let key = portal.keys().create("key").send().await.unwrap().id;
        let ann = PersonId(mock.person_id("ann").parse().unwrap());
        portal.room(&public).members().add(ann, Access::ContentCreator).await.unwrap();
        let people_group = portal.people_groups().create("people").members([ann]).send().await.unwrap().id;
        let receiver = Server::start(|_| (200, String::new(), String::new()));
        let webhook = portal.webhooks().create("hook", receiver.url(), WEBHOOK_SECRET).send().await.unwrap().id;
        portal.room(&room).rename("room").await.unwrap();
        let delivery = portal.webhooks().log().all().await.unwrap()[0].id;
        portal.webhooks().set_enabled(webhook, false).await.unwrap();
        let folder = handle.folders().create("folder").await.unwrap().id;
        let file = handle.upload("note.txt", "first").send().await.unwrap().id;
        let indexed_folder = portal.room(&indexed).folders().create("folder").await.unwrap().id;
        let indexed_file = portal.room(&indexed).upload("note.txt", "first").send().await.unwrap().id;
        let folder_link = portal.folder(&folder).links().create(Access::Read).send().await.unwrap();
        let file_link = portal.file(&file).links().create(Access::Read).send().await.unwrap();
        let state = mock.portal(|portal| portal.dump());
        Self {
            state,
            room,
            public,
            archived,
            template,
            indexed,
            folder,
            file,
            indexed_folder,
            indexed_file,
            forms,
            link: link.id(),
            share_key,
            folder_link: folder_link.id(),
            folder_share_key: folder_link.key().unwrap().clone(),
            file_link: file_link.id(),
            file_share_key: file_link.key().unwrap().clone(),
            locked_share_key,
            primary,
            group,
            key,
            cover,
            ann,
            people_group,
            receiver,
            webhook,
            delivery,
        }
    }

    /// A mock portal in the prepared state.
    pub(crate) async fn mock(&self) -> MockPortal {
        self.mock_with(Clock::stepping(Duration::from_millis(50))).await
    }

    /// A mock portal in the prepared state, with this clock.
    pub(crate) async fn mock_with(&self, clock: Clock) -> MockPortal {
        let builder = MockPortal::builder().state(self.state.clone()).clock(clock);
        builder.start().await.expect("a mock portal")
    }
}

/// The arguments of a call: clients, credentials, and the fixture.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    /// The owner's client, with an API key.
    pub(crate) portal: Portal,
    /// A builder for clients with other credentials.
    pub(crate) builder: PortalBuilder,
    /// The owner's session token.
    pub(crate) token: String,
    pub(crate) ann_key: String,
    /// The owner's e-mail address.
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) fixture: &'static Fixture,
}

impl Setup {
    /// Clients for this address, which may be the address of a faulty proxy in front of the mock
    /// portal.
    pub(crate) fn at(url: &str, mock: &MockPortal, fixture: &'static Fixture, idle: Duration) -> Self {
        let pause = Duration::from_millis(1);
        let retry = RetryPolicy::default().first_pause(pause).longest_pause(pause);
        let wait = Target::at(url, "", false).wait_policy();
        let builder = Portal::builder(url).retry(retry).wait_policy(wait).idle_timeout(idle);
        Self {
            portal: builder.clone().api_key(mock.owner_key()).build().expect("a portal"),
            builder,
            token: mock.token("owner"),
            ann_key: mock.key("ann"),
            email: mock.email("owner"),
            password: mock.password("owner"),
            fixture,
        }
    }

    /// The owner's client with a session token instead of an API key.
    pub(crate) fn session(&self) -> Portal {
        self.builder.clone().token(self.token.clone()).build().expect("a portal")
    }

    /// The client of the room admin.
    pub(crate) fn ann(&self) -> Portal {
        self.builder.clone().api_key(self.ann_key.clone()).build().expect("a portal")
    }
}
