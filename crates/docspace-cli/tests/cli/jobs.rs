//! The jobs of people who look after rooms, as they type them: with a shell, pipes, quotes and
//! files.

use std::time::Duration;

use docspace_mock::{MockPortal, Role};

use crate::support::{World, today};

/// A portal with Ann, a room administrator, and Bob, a user.
async fn portal() -> World {
    let builder = MockPortal::builder().clock(today()).person("ann", Role::RoomAdmin).person("bob", Role::User);
    World::on(builder.start().await.expect("a free port"))
}

/// Runs a line, and returns its exit code, standard output and standard error.
fn ended(world: &World, line: &str) -> (Option<i32>, String, String) {
    let output = world.shell(line).output().expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Runs a line that succeeds, and returns its standard output.
fn run(world: &World, line: &str) -> String {
    let (code, stdout, stderr) = ended(world, line);
    assert_eq!(code, Some(0), "{line}: {stdout}{stderr}");
    stdout
}

/// Runs a line that fails with this exit code, and returns its standard error.
fn fail(world: &World, line: &str, expected: i32) -> String {
    let (code, stdout, stderr) = ended(world, line);
    assert_eq!(code, Some(expected), "{line}: {stdout}{stderr}");
    stderr
}

/// Returns the titles of rooms in the order of the alphabet.
fn titles(world: &World, flags: &str) -> Vec<String> {
    let mut titles: Vec<_> =
        run(world, &format!("docspace rooms list {flags} | cut -f2")).lines().map(str::to_owned).collect();
    titles.sort();
    titles
}

#[tokio::test(flavor = "multi_thread")]
async fn client_gets_a_room_with_members_and_a_link_for_an_email() {
    let world = portal().await;
    run(&world, r#"docspace rooms create "Acme Ltd" --type custom --tag client --tag "year 2026""#);
    run(&world, r#"docspace members add "Acme Ltd" ann@example.com bob@example.com --access editing"#);
    let letter = run(
        &world,
        r#"url=$(printf 'Passw0rd11\n' | docspace links create "Acme Ltd" --access read --expires 14days \
            --title 'For "Acme"' --password-stdin --json url --jq .url)
        echo "Your files: $url""#,
    );
    let url = letter.strip_prefix("Your files: ").expect("a letter").trim_end();
    let link = run(&world, &format!(r#"docspace links view "Acme Ltd" "{url}" --json url,access,password,expired"#));
    assert_eq!(link, format!("{{\"url\":\"{url}\",\"access\":\"read\",\"password\":true,\"expired\":false}}\n"));
    let soon = "docspace links list --all-rooms --tag 'year 2026' --expires-within 15days --json room --jq '.[].room'";
    assert_eq!(run(&world, soon), "Acme Ltd\n");
    let members = r#"docspace members list "Acme Ltd" | awk -F'\t' '$5 == "editing" { print $3 }' | sort"#;
    assert_eq!(run(&world, members), "ann@example.com\nbob@example.com\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_rooms_of_a_file_from_windows_are_created_once() {
    let world = portal().await;
    let mut text = "title,type,tags,members,link\r\n\"Émile, Zola\",,\"client, 2026\",ann@example.com:read,read\r\n\
                    -dash,,,,\r\n--json,public,,,\r\n"
        .to_owned();
    text.extend((4..=30).map(|number| format!("Client {number},,,,\r\n")));
    std::fs::write(world.config.path().join("our clients.csv"), text).expect("a file");
    let create = r#"docspace rooms create --file "our clients.csv" --type custom --tag bulk"#;
    assert_eq!(run(&world, create).lines().count(), 30);
    // The second run reads the result file, the third one the portal.
    run(&world, create);
    let existing = format!(r#"rm "our clients.result.csv" && {create} --if-missing | grep -c existing"#);
    assert_eq!(run(&world, &existing), "30\n");
    assert_eq!(run(&world, "docspace rooms list | wc -l").trim(), "30");
    assert_eq!(run(&world, "docspace rooms list --tag bulk | wc -l").trim(), "29");
    assert_eq!(titles(&world, "--tag client"), ["Émile, Zola"]);
    assert_eq!(titles(&world, "--tag 2026"), ["Émile, Zola"]);
    let special = "for room in -dash --json 'Émile, Zola'; do
        docspace rooms view --json title,type -- \"$room\"
        done";
    assert_eq!(
        run(&world, special),
        "{\"title\":\"-dash\",\"type\":\"custom\"}\n{\"title\":\"--json\",\"type\":\"public\"}\n\
         {\"title\":\"Émile, Zola\",\"type\":\"custom\"}\n"
    );
    assert_eq!(run(&world, "docspace members list 'Émile, Zola' | grep -c ann@example.com"), "1\n");
    assert_eq!(run(&world, "docspace links list 'Émile, Zola' --external | wc -l").trim(), "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered_searched_and_sorted_in_pipes() {
    let world = portal().await;
    run(
        &world,
        "for n in 1 2 3; do docspace rooms create \"Audit $n\" --type custom --tag audit; done >/dev/null
        docspace rooms create Front --type public",
    );
    let found = "docspace rooms list --tag audit --search 'audit' --sort title --reverse | cut -f2 | head -2";
    assert_eq!(run(&world, found), "Audit 3\nAudit 2\n");
    assert_eq!(run(&world, "docspace rooms list | awk -F'\\t' '$3 == \"public\" { print $2 }'"), "Front\n");
    let table = r#"docspace rooms list --type public --json title,type --jq '.[] | [.title, .type] | @tsv'"#;
    assert_eq!(run(&world, table), "Front\tpublic\n");
    assert_eq!(run(&world, "docspace rooms list --tag nosuch"), "");
    assert_eq!(run(&world, "docspace rooms list --untagged --owner owner@example.com | cut -f2"), "Front\n");
    // A reader that stops early is not a failure. A full disk is one.
    assert_eq!(run(&world, "docspace rooms list | head -1 | wc -l").trim(), "1");
    if std::path::Path::new("/dev/full").exists() {
        let text = fail(&world, "docspace rooms list >/dev/full", 1);
        assert!(text.contains("output"), "{text}");
    }
}

/// Creates rooms with a link that never expires, one that expires soon, and one that expires late.
async fn with_links() -> World {
    let world = portal().await;
    run(
        &world,
        "for room in Acme Beta Gamma; do docspace rooms create $room --type custom --tag client; done
        docspace links create Acme --access read --title forever
        docspace links create Beta --access read --title soon --expires 7days
        docspace links create Gamma --access comment --title late --expires 60days",
    );
    // A title with the end of a line, which broke loops over the lines of a list.
    let odd = world.room_with_any_title("Two\nlines", 5);
    run(&world, &format!("docspace links create {odd} --access read --title odd"));
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn links_without_expiry_are_found_in_all_rooms_and_get_one() {
    let world = with_links().await;
    let found = "docspace links list --all-rooms --external --never-expires --json title --jq '.[].title' | sort";
    assert_eq!(run(&world, found), "forever\nodd\n");
    assert_eq!(run(&world, "docspace links list --all-rooms --external --never-expires | wc -l").trim(), "2");
    let edit = "docspace links edit --all-rooms --external --never-expires --expires 30days";
    fail(&world, edit, 2);
    let odd = run(&world, "docspace rooms list --untagged | cut -f1");
    run(&world, &format!("docspace links revoke {} odd --yes", odd.trim()));
    run(&world, &format!("{edit} --yes"));
    assert_eq!(run(&world, found), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_about_to_expire_are_reported() {
    let world = with_links().await;
    let report = r#"docspace links list --all-rooms --expires-within 2weeks --json room,title,url \
        --jq '.[] | "\(.room): \(.title) \(.url)"'"#;
    let text = run(&world, report);
    assert!(text.starts_with(&format!("Beta: soon {}/s/", world.mock.url())) && text.lines().count() == 1, "{text}");
    let by_date = "day=$(docspace links view Gamma late --json expires --jq .expires | cut -c1-10)
        docspace links list --all-rooms --expires-within $day --json title --jq '.[].title' | sort";
    assert_eq!(run(&world, by_date), "late\nsoon\n");
    world.mock.advance(Duration::from_secs(1));
    assert_eq!(run(&world, "docspace links list --all-rooms --expired"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_expired_and_revoked_by_their_addresses() {
    let world = with_links().await;
    let loop_over = |select: &str, command: &str| {
        format!(
            r#"docspace links list --all-rooms {select} --json roomId,url --jq '.[] | "\(.roomId) \(.url)"' >links.txt
            while read -r room url; do docspace links {command}; done <links.txt"#
        )
    };
    run(&world, &loop_over("--never-expires", r#"edit "$room" "$url" --expires 30days"#));
    assert_eq!(run(&world, "docspace links list --all-rooms --never-expires"), "");
    // The command in the loop does not take the other lines.
    run(&world, &loop_over("--expires-within 45days", r#"revoke "$room" "$url" --yes"#));
    assert_eq!(run(&world, "docspace links list --all-rooms --json title --jq '.[].title'"), "late\n");
    let address = "docspace links list Gamma --json url --jq '.[].url'";
    let text = fail(&world, &format!("docspace links revoke Acme \"$({address})\" --yes"), 3);
    assert!(text.contains("/s/"), "{text}");
    run(&world, &format!("docspace links revoke Gamma \"$({address})\" --yes"));
    assert_eq!(run(&world, "docspace links list --all-rooms"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_rooms_are_created_from_a_template() {
    let world = portal().await;
    run(&world, "docspace rooms create Pattern --type custom && docspace templates create Pattern Audits --public");
    let rows = "{ echo title; for n in 1 2 3 4 5; do echo \"Audit $n\"; done; }";
    let create = format!("{rows} | docspace templates use Audits --file - --tag audit");
    assert_eq!(run(&world, &create).lines().count(), 5);
    assert_eq!(titles(&world, "--tag audit"), ["Audit 1", "Audit 2", "Audit 3", "Audit 4", "Audit 5"]);
    assert_eq!(run(&world, &format!("{create} --if-missing | grep -c existing")), "5\n");
    assert_eq!(titles(&world, "").len(), 6);
    fail(&world, "docspace templates use 99999 Nothing", 3);
}

/// Creates three rooms with a tag, and one without.
async fn with_closed_rooms() -> World {
    let world = portal().await;
    run(
        &world,
        "for room in One Two 'Room three'; do docspace rooms create \"$room\" --type custom --tag closed; done
        docspace rooms create Open --type custom",
    );
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_with_a_tag_are_archived_and_one_is_restored() {
    let world = with_closed_rooms().await;
    let text = fail(&world, "docspace rooms archive --tag closed", 2);
    assert!(text.contains("--yes"), "{text}");
    run(&world, "docspace rooms list --tag closed | docspace rooms archive -");
    assert_eq!(titles(&world, ""), ["Open"]);
    run(&world, "docspace rooms restore 'room three'");
    assert_eq!(titles(&world, ""), ["Open", "Room three"]);
    assert_eq!(titles(&world, "--archived"), ["One", "Two"]);
    // No room is left to archive, and the command succeeds.
    assert_eq!(run(&world, "docspace rooms list --tag nosuch | docspace rooms archive -"), "");
    run(&world, "docspace rooms archive --tag closed --yes");
    assert_eq!(titles(&world, "--archived").len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rooms_are_deleted_only_with_a_confirmation() {
    let world = with_closed_rooms().await;
    run(&world, "docspace rooms archive --tag closed --yes");
    let delete = "docspace rooms list --archived --tag closed | cut -f1 | docspace rooms delete -";
    let text = fail(&world, delete, 2);
    assert!(text.contains("add --yes"), "{text}");
    fail(&world, &format!("echo y | {delete}"), 2);
    fail(&world, "docspace rooms list --archived | cut -f1 | xargs docspace rooms delete", 123);
    assert_eq!(titles(&world, "--archived").len(), 3);
    assert_eq!(run(&world, &format!("{delete} --yes | cut -f2 | uniq -c | tr -d ' '")), "3deleted\n");
    assert_eq!(titles(&world, "--all"), ["Open"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_a_file_are_added_changed_and_removed() {
    let world = portal().await;
    run(&world, "docspace rooms create Audit --type custom && docspace rooms create Tax --type custom");
    let team = "printf 'Room;Email;Access\\r\\nAudit;ann@example.com;read\\r\\nTax;bob@example.com;editing\\r\\n'";
    run(&world, &format!("{team} | docspace members add --file -"));
    let access = |room: &str| run(&world, &format!("docspace members list {room} | cut -f3,5 | grep -v owner || true"));
    assert_eq!(
        (access("Audit"), access("Tax")),
        ("ann@example.com\tread\n".into(), "bob@example.com\tediting\n".into())
    );
    run(&world, "docspace members edit Audit ann@example.com --access room-manager");
    run(&world, "docspace members list Tax | cut -f3 | grep bob | xargs docspace members remove Tax --yes");
    assert_eq!((access("Audit"), access("Tax")), ("ann@example.com\troom-manager\n".into(), String::new()));
    assert_eq!(run(&world, "docspace rooms list --member ann@example.com | cut -f2"), "Audit\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_tidied_up() {
    let world = with_closed_rooms().await;
    run(
        &world,
        "docspace tags create spare && docspace tags create 'not used' && docspace tags rename closed 'in archive'",
    );
    assert_eq!(titles(&world, "--tag 'in archive'").len(), 3);
    let unused = "docspace tags list --json tag,rooms,templates --jq '.[] | select(.rooms + .templates == 0).tag'";
    run(&world, &format!("{unused} | tr '\\n' '\\0' | xargs -0 docspace tags delete --yes"));
    assert_eq!(run(&world, "docspace tags list"), "in archive\t3\t0\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn room_group_is_made_of_a_list() {
    let world = with_closed_rooms().await;
    run(&world, "docspace rooms list --tag closed | docspace groups create 'My clients' - --icon flag");
    assert_eq!(titles(&world, "--group 'My clients'"), ["One", "Room three", "Two"]);
    run(&world, "docspace groups edit 'My clients' --remove-room 'Room three'");
    assert_eq!(run(&world, "docspace groups list | cut -f2,3"), "My clients\t2\n");
    run(&world, "docspace groups delete 'My clients' --yes");
    assert_eq!(run(&world, "docspace groups list"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn key_for_a_nightly_job_reads_only_and_can_be_deleted() {
    let world = with_closed_rooms().await;
    run(&world, "umask 077; docspace keys create nightly --scope rooms:read --expires-in-days 90 >key.txt");
    let nightly = |line: &str| format!("export DOCSPACE_API_KEY=\"$(cat key.txt)\"; {line}");
    assert_eq!(run(&world, &nightly("docspace rooms list | wc -l")).trim(), "4");
    let text = fail(&world, &nightly("docspace rooms create More --type custom"), 5);
    assert!(text.contains("rooms:write"), "{text}");
    run(&world, "docspace keys delete nightly --yes");
    fail(&world, &nightly("docspace rooms list"), 4);
    assert_eq!(titles(&world, "").len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_a_list_are_invited_and_one_is_disabled() {
    let world = portal().await;
    run(&world, "printf 'eve@acme.com\\nmax@acme.com\\n' | xargs docspace people invite --type user");
    let pending = "docspace people list --status pending | cut -f3 | sort";
    assert_eq!(run(&world, pending), "eve@acme.com\nmax@acme.com\n");
    run(&world, "docspace people disable bob@example.com --yes");
    assert_eq!(run(&world, "docspace people list --status disabled | cut -f3"), "bob@example.com\n");
    run(
        &world,
        "docspace people enable bob@example.com && docspace people view bob@example.com | grep '^state.active'",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_get_logos_covers_and_quotas() {
    let world = portal().await;
    let room = world.room("Acme", "custom");
    // The smallest PNG file, with one pixel.
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    run(&world, &format!("echo {picture} | base64 -d >'my logo.png' && docspace rooms logo Acme 'my logo.png'"));
    let logo = format!("docspace api files/rooms/{room} --jq '.response.logo.original // \"\" | length > 0'");
    assert_eq!(run(&world, &logo), "true\n");
    run(
        &world,
        "docspace rooms logo Acme --remove && docspace rooms logo Acme --cover \"$(docspace covers list | head -1)\"",
    );
    assert_eq!(run(&world, &logo), "false\n");
    let cover = "test \"$(docspace rooms view Acme --json cover --jq .cover)\" = \"$(docspace covers list | head -1)\"";
    run(&world, cover);
    let (_, stdout, stderr) = ended(&world, "docspace quotas set 2GiB Acme");
    assert!(stderr.contains("quotas are turned off"), "{stdout}{stderr}");
    assert_eq!(run(&world, "docspace quotas view | sort -t \"$(printf '\\t')\" -k3 -n | cut -f2,3"), "Acme\t0\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn operation_is_looked_up_later() {
    let world = with_closed_rooms().await;
    run(&world, "docspace rooms archive One --no-wait");
    let wait =
        "docspace operations list --type move | cut -f1 | while read -r id; do docspace operations wait $id; done";
    run(&world, wait);
    assert_eq!(titles(&world, "--archived"), ["One"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_without_a_command_are_made_with_api() {
    let world = portal().await;
    let create = r#"printf '{"title": "By \\"api\\"", "roomType": 5}' | docspace api POST files/rooms --input -"#;
    let id = run(&world, &format!("{create} --jq .response.id"));
    run(&world, &format!("docspace api PUT files/rooms/{} -f title='Renamed room'", id.trim()));
    let list = "docspace api files/rooms --paginate --jq '.response.folders[].title'";
    assert_eq!(run(&world, list), "Renamed room\n");
    run(&world, "docspace api files/tags -f 'name=two words'");
    assert_eq!(run(&world, "docspace tags list | cut -f1"), "two words\n");
    fail(&world, "docspace api files/rooms/4711", 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_portals_are_used_by_name() {
    let (world, other) = (portal().await, portal().await);
    other.room("Of the test portal", "custom");
    let login = format!(
        r#"docspace auth login "$DOCSPACE_URL" --with-key --portal "main" <<END
$DOCSPACE_API_KEY
END
        unset DOCSPACE_URL DOCSPACE_API_KEY
        echo {} | docspace auth login {} --with-key --portal test
        docspace rooms list --portal main; echo --; docspace rooms list | cut -f2
        docspace auth switch main; docspace rooms create Here --type custom --json title --jq .title
        DOCSPACE_PORTAL=test docspace rooms list | wc -l"#,
        other.mock.owner_key(),
        other.mock.url()
    );
    assert_eq!(run(&world, &login).replace(' ', ""), "--\nOfthetestportal\nHere\n1\n");
    assert_eq!(titles(&world, ""), ["Here"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_and_titles_are_completed() {
    let world = with_closed_rooms().await;
    let complete = |words: &str, index: usize| {
        let variables = format!("XDG_CACHE_HOME=. _DOCSPACE_COMPLETE=bash _CLAP_COMPLETE_INDEX={index}");
        run(&world, &format!("{variables} docspace -- docspace {words}"))
    };
    assert_eq!(complete("rooms view Roo", 3), "Room\\ three");
    assert_eq!(complete("rooms list --tag cl", 4), "closed");
    let id = run(&world, "docspace rooms list --search one | cut -f1");
    assert!(complete("rooms archive ''", 3).contains(id.trim()));
}

#[tokio::test(flavor = "multi_thread")]
async fn text_from_windows_is_understood() {
    let world = portal().await;
    let create = "docspace rooms create \"$(printf 'One\\r')\" --type custom --tag \"$(printf 'deal\\r')\"";
    run(&world, &format!("{create} --json id --jq .id | sed \"s/\\$/$(printf '\\r')/\" >ids.txt"));
    assert_eq!(
        run(&world, "docspace rooms list --tag deal --json title,tags"),
        "[{\"title\":\"One\",\"tags\":[\"deal\"]}]\n"
    );
    run(&world, "printf 'Passw0rd11\\r\\n' | docspace links create One --access read --password-stdin");
    assert_eq!(run(&world, "docspace links list One --json password --jq '.[].password'"), "true\n");
    let passwords = "docspace api \"files/rooms/$(tr -d '\\r' <ids.txt)/links\" \\
        --jq '.response[].sharedLink.password'";
    assert_eq!(run(&world, passwords), "Passw0rd11\n");
    run(&world, "docspace rooms archive - <ids.txt");
    assert_eq!(titles(&world, "--archived"), ["One"]);
    run(&world, "printf '\\357\\273\\277title\\r\\n\"Two\"\\r\\n' | docspace rooms create --file - --type custom");
    assert_eq!(titles(&world, ""), ["Two"]);
}
