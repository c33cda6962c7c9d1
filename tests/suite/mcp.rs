//! `stepbook mcp`, asked by a real client over the binary's standard input and output.

use std::io::Write as _;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use rmcp::model::{CallToolRequestParams, CallToolResult, ReadResourceRequestParams, Tool};
use rmcp::service::{RunningService, ServiceError};
use rmcp::{RoleClient, ServiceExt as _};
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::harness::{Site, files_in, repository};

const PROCEDURE: &str = "content/providers/velo/bicycle-return.yaml";

/// A client of the server over a site's content, and the server's process.
struct Client(RunningService<RoleClient, ()>, Child);

impl Client {
    async fn of(site: &Site) -> Self {
        let mut command = Command::from(site.command(&["mcp"]));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = command.kill_on_drop(true).spawn().expect("the binary runs");
        let input = server.stdin.take().expect("it has an input");
        let output = server.stdout.take().expect("it has an output");
        let client = ().serve((output, input)).await;
        Client(client.expect("the server greets"), server)
    }

    async fn call(&self, tool: &'static str, arguments: Value) -> CallToolResult {
        let arguments = arguments.as_object().expect("arguments are an object");
        let call = CallToolRequestParams::new(tool).with_arguments(arguments.clone());
        self.0.call_tool(call).await.expect("the tool answers")
    }

    /// The data of an answer, of which the text is a copy.
    async fn data(&self, tool: &'static str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_ne!(result.is_error, Some(true), "{result:?}");
        let data = result.structured_content.expect("an answer has data");
        let text = result.content[0].as_text().expect("an answer has text");
        let copy: Value = serde_json::from_str(&text.text).expect("the text is JSON");
        assert_eq!(copy, data);
        assert_eq!(result.content.len(), 1);
        data
    }

    /// The words of an answer to a question that makes no sense.
    async fn refused(&self, tool: &'static str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{result:?}");
        let text = result.content[0].as_text().expect("a refusal has text");
        text.text.clone()
    }

    async fn tools(&self) -> Vec<Tool> {
        self.0.list_all_tools().await.expect("tools are listed")
    }

    /// Ends the client, and with its input the server.
    async fn end(mut self) {
        self.0.cancel().await.expect("the client ends");
        let ended = self.1.wait().await.expect("the server ends");
        assert_eq!(ended.code(), Some(0));
    }
}

fn whole() -> Site {
    Site::case(&repository().join("tests/cases/cards/whole"))
}

/// The numbers of the steps that an answer holds.
fn numbers(answer: &Value) -> Vec<u64> {
    let steps = answer["steps"].as_array().expect("an answer has steps");
    steps
        .iter()
        .filter_map(|step| step["number"].as_u64())
        .collect()
}

#[tokio::test]
async fn the_server_says_what_it_is_and_every_tool_only_reads() {
    let client = Client::of(&Site::base()).await;
    let info = client.0.peer_info().expect("the server said what it is");
    let name = info.server_info.as_ref().map(|it| it.name.as_str());
    assert_eq!(name, Some("stepbook"));
    let instructions = info.instructions.as_deref().expect("it has instructions");
    assert!(instructions.contains("edition") && instructions.contains("verified"));
    assert!(info.capabilities.tools.is_some() && info.capabilities.resources.is_some());
    let tools = client.tools().await;
    let mut names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["find_step", "get_procedure", "list_providers"]);
    for tool in &tools {
        let hints = tool.annotations.as_ref().expect("a tool has hints");
        assert_eq!(hints.read_only_hint, Some(true), "{}", tool.name);
        assert!(tool.description.as_ref().is_some_and(|it| it.len() > 80));
        let schema = tool.output_schema.as_ref().expect("an answer has a schema");
        let schema = Value::Object(schema.as_ref().clone());
        jsonschema::draft202012::meta::validate(&schema).expect("the schema is one");
        assert!(!schema.to_string().contains("\"format\""), "{schema}");
    }
    client.end().await;
}

#[tokio::test]
async fn answers_hold_to_the_schemas_of_their_tools() {
    let client = Client::of(&whole()).await;
    let velo = json!({"provider": "velo", "procedure": "bicycle-return"});
    let stolen = json!({"provider": "velo", "procedure": "bicycle-return", "answers": {"bicycle": "stolen"}});
    let asked = [
        ("list_providers", json!({})),
        ("get_procedure", velo),
        ("get_procedure", stolen),
        ("find_step", json!({"words": "velo key"})),
        ("find_step", json!({"words": "zzzzzz"})),
    ];
    let tools = client.tools().await;
    for (name, arguments) in asked {
        let tool = tools.iter().find(|tool| tool.name == name);
        let schema = tool.and_then(|tool| tool.output_schema.clone());
        let schema = Value::Object(schema.expect("it has a schema").as_ref().clone());
        let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
        let data = client.data(name, arguments).await;
        if let Err(error) = validator.validate(&data) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
        assert!(
            !validator.is_valid(&json!({})),
            "{name}: the schema asks for something"
        );
    }
    client.end().await;
}

#[tokio::test]
async fn answers_leave_the_steps_that_apply_and_settle_conditions() {
    let client = Client::of(&whole()).await;
    let ask = |answers: Value| json!({"provider": "velo", "procedure": "bicycle-return", "answers": answers});
    let answers = json!({"contract": "company", "bicycle": "here", "route": "at-shop"});
    let mine = client.data("get_procedure", ask(answers)).await;
    let all = client.data("get_procedure", ask(json!({}))).await;
    assert_eq!(numbers(&all), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(
        all["steps"][1]["variants"][0]["when"]["answers"],
        json!({"contract": ["company"]})
    );
    assert_eq!(all["before"]["choices"].as_array().map(Vec::len), Some(3));

    assert_eq!(
        numbers(&mine),
        [2, 3, 4, 5, 6, 7],
        "numbers are as they were"
    );
    assert_eq!(mine["numbers"], json!([2, 3, 4, 5, 6, 7]));
    let lock = &mine["steps"][0];
    assert_eq!(
        lock["action"], "Lock the bicycle with the company's chain",
        "the variant holds"
    );
    assert!(
        lock.get("variants").is_none() && lock.get("when").is_none(),
        "{lock}"
    );
    let card = &mine["steps"][2];
    assert_eq!(card["id"], "show-card");
    assert!(
        card.get("when").is_none(),
        "nothing is left to decide: {card}"
    );
    assert_eq!(
        mine["before"]["choices"],
        json!([]),
        "nothing is left to ask"
    );
    let link = "https://bicycles.internal/velo/bicycle-return/?route=at-shop&contract=company&bicycle=here";
    assert_eq!(mine["permalink"], link);
    assert_eq!(card["permalink"], format!("{link}#show-card"));
    assert_eq!(
        mine["edition"], all["edition"],
        "answers make no other edition"
    );
    assert_eq!(card["edition"], all["steps"][3]["edition"]);

    let other = client
        .data("get_procedure", ask(json!({"contract": "personal"})))
        .await;
    assert_eq!(numbers(&other), [1, 2, 3, 5, 6, 7]);
    let materials = other["before"]["materials"].to_string();
    assert!(!materials.contains("company-card"), "{materials}");
    assert_eq!(other["steps"][1]["action"], "Lock the bicycle");
    client.end().await;
}

#[tokio::test]
async fn a_stop_says_so_and_leaves_only_what_is_still_to_be_done() {
    let client = Client::of(&whole()).await;
    let ask = json!({"provider": "velo", "procedure": "bicycle-return", "answers": {"bicycle": "stolen"}});
    let answer = client.data("get_procedure", ask).await;
    assert_eq!(numbers(&answer), [1]);
    let stop = &answer["stops"][0];
    assert_eq!(stop["choice"], "bicycle");
    assert_eq!(stop["text"], "The rental office goes on from here");
    client.end().await;
}

#[tokio::test]
async fn what_does_not_exist_is_answered_with_what_was_meant() {
    let client = Client::of(&whole()).await;
    let velo = |answers: Value| json!({"provider": "velo", "procedure": "bicycle-return", "answers": answers});
    let long = "x".repeat(10_000);
    let wrong = [
        (
            json!({"provider": "vello", "procedure": "bicycle-return"}),
            "did you mean `velo`?",
        ),
        (
            json!({"provider": "Velo", "procedure": "bicycle-return"}),
            "did you mean `velo`?",
        ),
        (
            json!({"provider": "velo", "procedure": "bicycle-retrun"}),
            "did you mean `bicycle-return`?",
        ),
        (
            json!({"provider": long, "procedure": "bicycle-return"}),
            "at most 64 characters",
        ),
        (velo(json!({"rout": "at-shop"})), "did you mean `route`?"),
        (
            velo(json!({"route": "at-shopp"})),
            "did you mean `at-shop`?",
        ),
        (
            velo(json!({"zzz": "a"})),
            "there are: `bicycle`, `contract`, `route`",
        ),
        (
            json!({"provider": "velo", "procedure": "bicycle-return", "from": 8}),
            "has the number 7",
        ),
        (json!({"provider": "velo"}), "procedure"),
        (
            json!({"provider": 7, "procedure": "x"}),
            "expected a string",
        ),
        (
            json!({"provider": "velo", "procedure": "bicycle-return", "anwers": {}}),
            "anwers",
        ),
    ];
    for (arguments, words) in wrong {
        let message = client.refused("get_procedure", arguments).await;
        assert!(message.contains(words), "{message}");
        assert!(message.len() < 400, "{message}");
    }
    let message = client
        .refused("list_providers", json!({"after": "vel"}))
        .await;
    assert!(message.contains("did you mean `velo`?"), "{message}");
    let unknown = CallToolRequestParams::new("delete_procedure");
    let error = client
        .0
        .call_tool(unknown)
        .await
        .expect_err("there is no such tool");
    assert!(matches!(error, ServiceError::McpError(_)), "{error}");
    client.end().await;
}

#[tokio::test]
async fn only_answers_that_exist_here_are_taken() {
    let site = whole();
    let only = "only: {contract: [personal], because: For people only}\ndrop: [{step: show-card, because: For people only}]\n";
    site.write(PROCEDURE, site.read(PROCEDURE) + only);
    let client = Client::of(&site).await;
    let ask = |answers: Value| json!({"provider": "velo", "procedure": "bicycle-return", "answers": answers});
    let message = client
        .refused("get_procedure", ask(json!({"contract": "company"})))
        .await;
    assert!(
        message.contains("`contract` has no answer `company` here"),
        "{message}"
    );
    let same = client
        .data("get_procedure", ask(json!({"contract": "personal"})))
        .await;
    let all = client.data("get_procedure", ask(json!({}))).await;
    assert_eq!(same, all, "what is never asked here changes nothing");
    client.end().await;
}

#[tokio::test]
async fn a_long_procedure_comes_in_parts_that_make_the_whole() {
    let site = Site::own();
    let client = Client::of(&site).await;
    let mut from = 1;
    let mut seen = Vec::new();
    let all = loop {
        let ask = json!({"provider": "leshua", "procedure": "deregistration", "from": from});
        let answer = client.data("get_procedure", ask).await;
        let length = answer.to_string().chars().count();
        assert!(length < 22_000, "{length} characters from step {from}");
        assert_eq!(answer.get("before").is_some(), from == 1);
        seen.extend(numbers(&answer));
        let left = answer["left_off"].clone();
        if left.is_null() {
            break answer["numbers"].clone();
        }
        let next = left["from"].as_u64().expect("it says how to go on");
        assert!(next > from, "each part goes on");
        from = next;
    };
    assert!(from > 1, "one part does not hold it");
    assert_eq!(json!(seen), all);
    assert_eq!(seen.len(), 30);
    client.end().await;
}

#[tokio::test]
async fn providers_and_guides_are_listed_in_parts_that_make_the_whole() {
    let site = Site::base();
    for number in 0..120 {
        let folder = format!("content/providers/velo-{number:03}");
        site.write(
            &format!("{folder}/provider.yaml"),
            site.read("content/providers/velo/provider.yaml"),
        );
        site.write(
            &format!("{folder}/bicycle-return.yaml"),
            site.read(PROCEDURE),
        );
    }
    let client = Client::of(&site).await;
    let mut ids = Vec::new();
    let mut ask = json!({});
    loop {
        let answer = client.data("list_providers", ask).await;
        let providers = answer["providers"]
            .as_array()
            .expect("providers are listed");
        assert!(providers.len() <= 50);
        ids.extend(providers.iter().map(|it| it["id"].clone()));
        let left = &answer["left_off"];
        if left.is_null() {
            break;
        }
        assert_eq!(left["providers"], 122 - ids.len());
        ask = json!({"after": left["after"]});
    }
    assert_eq!(ids.len(), 122);
    assert_eq!(ids[0], "pedal");
    let first = client
        .0
        .list_resources(None)
        .await
        .expect("they are listed");
    assert!(first.resources.len() <= 100 && first.next_cursor.is_some());
    let all = client
        .0
        .list_all_resources()
        .await
        .expect("they are listed");
    assert_eq!(all.len(), 122);
    let mut uris: Vec<&str> = all.iter().map(|it| it.uri.as_str()).collect();
    uris.dedup();
    assert_eq!(uris.len(), 122, "none comes twice");
    let cursor = rmcp::model::PaginatedRequestParams::default().with_cursor(Some("x".to_owned()));
    let error = client.0.list_resources(Some(cursor)).await;
    assert!(error.is_err_and(|error| error.to_string().contains("cursor")));
    client.end().await;
}

#[tokio::test]
async fn a_guide_is_a_resource_with_the_text_that_a_build_writes() {
    let site = whole();
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let client = Client::of(&site).await;
    let resources = client
        .0
        .list_all_resources()
        .await
        .expect("they are listed");
    assert_eq!(resources.len(), 2);
    let guide = &resources[1];
    assert_eq!(guide.uri, "stepbook://velo/bicycle-return");
    assert_eq!(guide.mime_type.as_deref(), Some("text/markdown"));
    assert_eq!(
        guide.title.as_deref(),
        Some("Velo: Return a rented bicycle")
    );
    let read = client
        .0
        .read_resource(ReadResourceRequestParams::new(&*guide.uri));
    let read = read.await.expect("it is read");
    let read = serde_json::to_value(&read.contents[0]).expect("contents are JSON");
    assert_eq!(
        read["text"],
        site.read("public/velo/bicycle-return/index.md")
    );
    assert_eq!(read["mimeType"], "text/markdown");
    let templates = client.0.list_all_resource_templates().await;
    let templates = templates.expect("they are listed");
    assert_eq!(
        templates[0].uri_template,
        "stepbook://{provider}/{procedure}"
    );
    for (uri, words) in [
        (
            "stepbook://velo/bicycle-retur",
            "did you mean `bicycle-return`?",
        ),
        ("stepbook://velo", "stepbook://PROVIDER/PROCEDURE"),
        ("file:///etc/passwd", "stepbook://PROVIDER/PROCEDURE"),
        ("stepbook://../../etc/passwd", "there is no provider `..`"),
    ] {
        let read = client
            .0
            .read_resource(ReadResourceRequestParams::new(uri))
            .await;
        let error = read.expect_err("there is no such guide").to_string();
        assert!(error.contains(words), "{error}");
    }
    client.end().await;
}

#[tokio::test]
async fn what_must_not_be_followed_says_so_and_drafts_are_not_there() {
    for (status, words) in [("suspended", "Suspended:"), ("retired", "Retired:")] {
        let site = whole();
        site.write(
            PROCEDURE,
            site.read(PROCEDURE) + &format!("status: {status}\n"),
        );
        let client = Client::of(&site).await;
        let ask = json!({"provider": "velo", "procedure": "bicycle-return"});
        let answer = client.data("get_procedure", ask).await;
        let warning = answer["warning"].as_str().expect("it warns");
        assert!(warning.starts_with(words), "{warning}");
        let steps = if status == "retired" { 0 } else { 7 };
        assert_eq!(numbers(&answer).len(), steps);
        client.end().await;
    }
    let site = whole();
    site.write(PROCEDURE, site.read(PROCEDURE) + "status: draft\n");
    let client = Client::of(&site).await;
    let ask = json!({"provider": "velo", "procedure": "bicycle-return"});
    let message = client.refused("get_procedure", ask).await;
    assert!(
        message.contains("there is no procedure `bicycle-return` of `velo`"),
        "{message}"
    );
    let listed = client.data("list_providers", json!({})).await;
    assert_eq!(listed["providers"][1]["procedures"], json!([]));
    let guides = client
        .0
        .list_all_resources()
        .await
        .expect("they are listed");
    assert_eq!(guides.len(), 1);
    client.end().await;
}

/// Writes lines to the server, ends its input, and gives back what it came to.
fn raw(site: &Site, input: &[u8]) -> Output {
    let mut command = site.command(&["mcp"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut server = command.spawn().expect("the binary runs");
    let mut stdin = server.stdin.take().expect("it has an input");
    // A server that refused to start reads nothing.
    let _ = stdin.write_all(input);
    drop(stdin);
    server.wait_with_output().expect("it ends")
}

/// The messages of an output that holds nothing else.
fn messages(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("the binary prints UTF-8");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

const BEGIN: &str = concat!(
    r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#,
    "\n",
    r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
    "\n"
);

#[test]
fn malformed_messages_change_nothing_and_the_end_of_input_ends_the_process() {
    let site = Site::base();
    let list = r#"{"jsonrpc":"2.0","id":9,"method":"tools/list"}"#;
    for bad in [
        "{bad",
        "[]",
        "null",
        "\"text\"",
        r#"{"jsonrpc":"1.0","id":2,"method":"tools/list"}"#,
        r#"{"jsonrpc":"2.0","id":2,"method":"no/such/method"}"#,
        r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":7}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"tools/list"}"#,
        "\u{0}\u{1}",
    ] {
        let input = format!("{BEGIN}{bad}\n{list}\n");
        let output = raw(&site, input.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{bad}");
        assert!(output.stderr.is_empty(), "{bad}");
        let messages = messages(&output);
        let answered = messages.iter().find(|message| message["id"] == 9);
        let tools = answered.and_then(|message| message["result"]["tools"].as_array());
        assert!(
            tools.is_some_and(|tools| tools.len() == 3),
            "{bad}: {messages:?}"
        );
    }
    let output = raw(
        &site,
        &[BEGIN.as_bytes(), b"\xff\xfe\n", list.as_bytes(), b"\n"].concat(),
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(messages(&output).len(), 2);
}

#[test]
fn an_input_that_ends_at_once_is_no_fault() {
    let output = raw(&Site::base(), b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    let output = raw(&Site::base(), BEGIN.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(messages(&output).len(), 1);
}

#[test]
fn content_with_errors_is_not_served() {
    let site = Site::base();
    site.write(PROCEDURE, site.read(PROCEDURE) + "titel: Return\n");
    let output = raw(&site, BEGIN.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("SB003") && said.contains("not served: "),
        "{said}"
    );
}

#[test]
fn a_caller_that_does_not_speak_the_protocol_is_told_so() {
    let output = raw(
        &Site::base(),
        b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n",
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    let refused = messages(&output)
        .iter()
        .any(|message| message.get("error").is_some());
    assert!(refused || output.status.code() == Some(2), "{said}");
}

#[tokio::test]
async fn words_find_their_step_and_its_address() {
    let client = Client::of(&whole()).await;
    let answer = client
        .data("find_step", json!({"words": "velo lock"}))
        .await;
    let first = &answer["results"][0];
    assert_eq!(first["provider"], "velo");
    assert_eq!(first["step"], "lock-bicycle");
    assert_eq!(first["number"], 2);
    let link = "https://bicycles.internal/velo/bicycle-return/#lock-bicycle";
    assert_eq!(first["permalink"], link);

    let one = client
        .data("find_step", json!({"words": "lock", "limit": 1}))
        .await;
    assert_eq!(one["results"].as_array().map(Vec::len), Some(1));
    assert_eq!(one["more"], true, "another provider has one, too");
    let none = client.data("find_step", json!({"words": "zzzzzz"})).await;
    assert_eq!(none, json!({"results": [], "more": false}));
    for limit in [json!(0), json!(21), json!(-1), json!("5")] {
        client
            .refused("find_step", json!({"words": "lock", "limit": limit}))
            .await;
    }
    client.end().await;
}

#[tokio::test]
async fn ten_thousand_characters_are_answered_in_words_at_once() {
    let client = Client::of(&Site::base()).await;
    let start = Instant::now();
    for words in [
        "锁".repeat(10_000),
        "velo ".repeat(2_000),
        "\u{202e}".repeat(10_000),
    ] {
        let message = client.refused("find_step", json!({"words": words})).await;
        assert!(message.len() < 400, "{message}");
    }
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    client.end().await;
}

#[tokio::test]
async fn serving_writes_nothing() {
    let site = whole();
    let before = files_in(&site.path(""));
    let client = Client::of(&site).await;
    let ask = json!({"provider": "velo", "procedure": "bicycle-return"});
    client.data("get_procedure", ask).await;
    client.end().await;
    assert_eq!(files_in(&site.path("")), before);
}
