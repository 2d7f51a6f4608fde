using System.Text.Json;
using Kiwire.Radius.Dictionaries;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.Network;

/// <summary>accounts.md: NAS types are data, which an operator can add to without building.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NasTypeLoaderTests : IDisposable
{
    private readonly string _own = Directory.CreateTempSubdirectory("kiwire-nas-types-").FullName;

    public void Dispose() => Directory.Delete(_own, recursive: true);

    [Test]
    public void An_operators_file_adds_a_type()
    {
        Write("acme.json", """
            {
              // Comments are allowed.
              "name": "acme", "aliases": ["acme-2"], "description": "Ours", "coaPort": 1700,
              "accept": [{ "attribute": "Filter-Id", "text": "r{downKbps}", "when": ["upKbps"] }]
            }
            """);

        NasTypeCatalog catalog = Load();

        Assert.That(catalog.TryGet("acme-2", out NasType? type), Is.True);
        Assert.That(type!.CoaPort, Is.EqualTo(1700));
        Assert.That(catalog.TryGet("mikrotik", out _), Is.True);
    }

    [Test]
    public void An_alias_in_an_operators_file_is_taken_from_the_type_that_had_it()
    {
        Write("mine.json", """{ "name": "aruba", "aliases": ["chillispot"], "description": "Ours", "coaPort": 4000, "accept": [] }""");

        _ = Load().TryGet("chillispot", out NasType? type);

        Assert.That(type!.CoaPort, Is.EqualTo(4000));
    }

    [Test]
    public void An_operators_file_takes_the_place_of_the_type_of_the_same_name()
    {
        Write("mine.json", """{ "name": "hostapd", "description": "Ours", "coaPort": 4000, "accept": [] }""");

        _ = Load().TryGet("hostapd", out NasType? type);

        Assert.That(type!.CoaPort, Is.EqualTo(4000));
    }

    [Test]
    public void The_sections_for_sessions_that_are_on_may_be_there()
    {
        Write("acme.json", """
            {
              "name": "acme", "description": "Ours", "accept": [],
              "disconnect": { "identify": [["User-Name", "Framed-IP-Address"], ["Acct-Session-Id"]] },
              "authorize": { "by": "reauthenticate", "attributes": [{ "attribute": "Cisco-AVPair", "text": "subscriber:command=reauthenticate" }] }
            }
            """);

        _ = Load().TryGet("acme", out NasType? type);
        DynamicAuthorizationForm form = type!.DynamicAuthorization;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                form.DisconnectIdentities,
                Is.EqualTo((SessionAttribute[][])[[SessionAttribute.UserName, SessionAttribute.FramedIpAddress], [SessionAttribute.AcctSessionId]]));
            Assert.That(form.Authorize.By, Is.EqualTo(AuthorizeBy.Reauthenticate));
            Assert.That(form.Authorize.Identities, Is.EqualTo(form.DisconnectIdentities));
            Assert.That(form.Authorize.Attributes.Single().Octets, Is.EqualTo("subscriber:command=reauthenticate"u8.ToArray()));
        }
    }

    [TestCase("[]", "$: is []; it must be an object with name, description, accept.")]
    [TestCase("""{ "name": "x", "accept": [] }""", "$: has no \"description\"; it must have name, description, accept.")]
    [TestCase("""{ "name": "X y", "description": "d", "accept": [] }""", "$.name: is \"X y\"; it must have 1 to 63 of a-z, 0-9 and -, and not begin with -.")]
    [TestCase("""{ "name": "x", "description": "d", "accept": {} }""", "$.accept: is {}; it must be a list.")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "port": 1 }""", "$.port: is not known here;")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "coaPort": 70000 }""", "$.coaPort: is 70000; it must be a whole number of 1 to 65535.")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "coaPort": 1.5 }""", "$.coaPort: is 1.5; it must be a whole number of 1 to 65535.")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [3] }""", "$.accept[0]: is 3; it must be an object with attribute, value.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "No-Such-Thing", "value": "upKbps" }] }""",
        "$.accept[0].attribute: is \"No-Such-Thing\", which no dictionary has; it must be an attribute's name, such as WISPr-Bandwidth-Max-Down.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Filter-Id", "value": "upKbps" }] }""",
        "$.accept[0].attribute: is Filter-Id, which holds no 32-bit number (its type is Text); a \"value\" needs an attribute of type integer.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Idle-Timeout", "text": "{upKbps}" }] }""",
        "$.accept[0].attribute: is Idle-Timeout, which holds no text (its type is Unsigned32); a \"text\" needs an attribute of type string.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Tunnel-Type", "value": "upKbps" }] }""",
        "$.accept[0].attribute: is Tunnel-Type, which is tagged, hidden or not in the usual form of an attribute; it must be a plain one.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Idle-Timeout", "value": "speed" }] }""",
        "$.accept[0].value: is \"speed\"; it must be one of downKbps, upKbps, minDownKbps, minUpKbps, volumeLeftOctets.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Idle-Timeout", "value": "upKbps", "times": 0 }] }""",
        "$.accept[0].times: is 0; it must be a whole number of 1 to 1000000000.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Idle-Timeout", "value": "upKbps", "part": "top" }] }""",
        "$.accept[0].part: is \"top\"; it must be \"low32\" or \"high32\".")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Filter-Id", "text": "a{up}b" }] }""",
        "$.accept[0].text: has \"{up}\"; in braces must stand one of downKbps,")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Filter-Id", "text": "a{upKbps" }] }""",
        "$.accept[0].text: has \"{upKbps\"; in braces must stand one of downKbps,")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [{ "attribute": "Filter-Id", "text": "always" }] }""",
        "$.accept[0].text: has no {fact} and there is no \"when\"")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "disconnect": { "identify": [[]] } }""",
        "$.disconnect.identify[0]: is []; it must be a list of at least one.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "authorize": { "by": "magic" } }""",
        "$.authorize.by: is \"magic\"; it must be \"push\", \"reauthenticate\" or \"none\".")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "portal": { "device": ["mac"] } }""",
        "$.portal: has no \"recognise\"; it must have recognise.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "portal": { "recognise": ["a"], "login": { "addresses": [{ "to": "ftp://{a}/" }], "fields": { "u": "{$username}", "p": "{$password}" } } } }""",
        "$.portal.login.addresses[0].to: is \"ftp://{a}/\"; it must be one parameter,")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "portal": { "recognise": ["a"], "login": { "addresses": [{ "to": "{a}" }], "fields": { "u": "{$username}" } } } }""",
        "$.portal.login.fields: has no {$password}; one of its values must.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "portal": { "recognise": ["a"], "login": { "addresses": [{ "to": "{a}" }], "fields": { "u": "{$user}" } } } }""",
        "$.portal.login.fields.u: has \"{$user}\"; in braces must stand the name of a parameter that the NAS gives, or one of $username, $password, $return.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "portal": { "recognise": ["a"], "login": { "addresses": [{ "to": "{a}" }], "fields": { "u": "{$username}", "p": "{$password}" }, "chap": { "form": "http", "challenge": "c" } } } }""",
        "$.portal.login.chap.identifier: belongs to \"form\": \"http\" and to no other;")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "listens": "no" }""", "$.listens: is \"no\"; it must be true or false.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "requests": { "nasIdentifier": "mac" } }""",
        "$.requests.nasIdentifier: is \"mac\"; it must be \"none\", \"identity\" or \"apMac\".")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "requests": { "callingStationId": "aa bb" } }""",
        "$.requests.callingStationId: is \"aa bb\"; it must be one of AA-BB-CC-DD-EE-FF, ")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "requests": { "forbidden": ["Oops"] } }""", "$.requests.forbidden[0]: is \"Oops\", which no dictionary has;")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "disconnect": { "port": 0 } }""", "$.disconnect.port: is 0; it must be a whole number of 1 to 65535.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "disconnect": { "identify": [["User-Name"], ["Filter-Id"]] } }""",
        "$.disconnect.identify[1][0]: is Filter-Id, which does not name a session here; it must be one of User-Name, NAS-Port, ")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "requests": { "forbidden": ["User-Name"] }, "disconnect": { "identify": [["User-Name"]] } }""",
        "$.disconnect.identify[0][0]: is User-Name, which $.requests.forbidden says that such equipment refuses; it must be in one place only.")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "authorize": { "by": "reauthenticate" } }""",
        "$.authorize: has no \"attributes\"; \"reauthenticate\" must have those that tell the NAS to ask again, or \"with\": \"disconnect\".")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "authorize": { "by": "push", "with": "disconnect" } }""",
        "$.authorize.with: is \"disconnect\", which is a way to reauthenticate")]
    [TestCase(
        """{ "name": "x", "description": "d", "accept": [], "authorize": { "by": "push", "attributes": [{ "attribute": "Idle-Timeout", "text": "soon" }] } }""",
        "$.authorize.attributes[0].text: is \"soon\", which Idle-Timeout cannot hold (its type is Unsigned32); it must be a value of that type, or the name of one.")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "advice": { "silence": 3 } }""", "$.advice.silence: is 3; it must be a text that is not empty.")]
    [TestCase("""{ "name": "x", "description": "d", "accept": [], "requests": [] }""", "$.requests: is []; it must be an object with eventTimestamp, ")]
    public void A_fault_stops_the_start_with_file_place_and_what_would_be_right(string json, string fault)
    {
        string file = Write("broken.json", json);

        Assert.That(() => Load(), Throws.TypeOf<StartUpException>().With.Message.Contains($"{file}, {fault}"));
    }

    [Test]
    public void What_is_not_JSON_is_named_by_its_line()
    {
        string file = Write("broken.json", "{\n  \"name\": \"x\",\n  oops\n}");

        Assert.That(() => Load(), Throws.TypeOf<StartUpException>().With.Message.Contains($"{file}, line 3: not JSON"));
    }

    [Test]
    public void All_faults_of_all_files_are_told_at_once()
    {
        string first = Write("a.json", """{ "name": "-", "description": "", "accept": [] }""");
        string second = Write("b.json", "{");

        Assert.That(
            () => Load(),
            Throws.TypeOf<StartUpException>().With.Message.Contains($"{first}, $.name").And.Message.Contains($"{first}, $.description")
                .And.Message.Contains($"{second}, line 1"));
    }

    [Test]
    public void A_text_too_long_for_an_attribute_is_refused()
    {
        _ = Write("a.json", $$"""{ "name": "x", "description": "d", "accept": [{ "attribute": "Filter-Id", "text": "{{new string('a', 229)}}{upKbps}" }] }""");

        Assert.That(() => Load(), Throws.TypeOf<StartUpException>().With.Message.Contains("may come to 248 octets; an attribute holds 247"));
    }

    [Test]
    public void Two_files_of_one_folder_with_one_name_are_refused()
    {
        string first = Write("a.json", """{ "name": "x", "description": "d", "accept": [] }""");
        string second = Write("b.json", """{ "name": "y", "aliases": ["x"], "description": "d", "accept": [] }""");

        Assert.That(() => Load(), Throws.TypeOf<StartUpException>().With.Message.Contains($"{second}: \"x\" is a name of the type in {first} too"));
    }

    [Test]
    public void A_folder_without_the_files_that_come_with_the_server_stops_the_start() =>
        Assert.That(
            () => NasTypeLoader.Load(_own, _own, RadiusDictionary.BuiltIn),
            Throws.TypeOf<StartUpException>().With.Message.Contains("has no type generic"));

    [Test]
    public void The_schema_for_editors_knows_what_the_loader_knows()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(NasTypeLoader.BuiltInFolder, "schema.json")));
        JsonElement definitions = schema.RootElement.GetProperty("$defs");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Names(schema.RootElement.GetProperty("properties")),
                Is.EquivalentTo(["$schema", "name", "aliases", "description", "listens", "coaPort", "accept", "requests", "disconnect", "authorize", "advice", "portal"]));
            Assert.That(
                Names(Section(schema, "requests")),
                Is.EquivalentTo(["eventTimestamp", "messageAuthenticator", "nasIpAddress", "nasIdentifier", "callingStationId", "forbidden"]));
            Assert.That(Names(Section(schema, "disconnect")), Is.EquivalentTo(["port", "identify", "bareRefusalIsUnknown"]));
            Assert.That(Names(Section(schema, "authorize")), Is.EquivalentTo(["by", "limits", "with", "wholeSet", "identify", "attributes"]));
            Assert.That(Names(Section(schema, "advice")), Is.EquivalentTo(["silence", "clock", "refusal"]));
            Assert.That(Names(Section(schema, "portal")), Is.EquivalentTo(["recognise", "device", "address", "nas", "wanted", "success", "failure", "login"]));
            Assert.That(
                Names(Section(schema, "portal").GetProperty("login").GetProperty("properties")),
                Is.EquivalentTo(["addresses", "method", "fields", "chap", "hosts"]));
            Assert.That(
                Section(schema, "requests").GetProperty("callingStationId").GetProperty("enum").EnumerateArray().Select(example => example.GetString()),
                Is.EquivalentTo(MacNotation.Examples));
            Assert.That(Names(definitions.GetProperty("number").GetProperty("properties")), Is.EquivalentTo(["attribute", "value", "times", "dividedBy", "part"]));
            Assert.That(Names(definitions.GetProperty("text").GetProperty("properties")), Is.EquivalentTo(["attribute", "text", "when", "unless"]));
            Assert.That(
                definitions.GetProperty("fact").GetProperty("enum").EnumerateArray().Select(fact => fact.GetString()),
                Is.EquivalentTo(["downKbps", "upKbps", "minDownKbps", "minUpKbps", "volumeLeftOctets"]));
        }
    }

    private static JsonElement Section(JsonDocument schema, string name) =>
        schema.RootElement.GetProperty("properties").GetProperty(name).GetProperty("properties");

    private static IEnumerable<string> Names(JsonElement properties) => properties.EnumerateObject().Select(property => property.Name);

    private NasTypeCatalog Load() => NasTypeLoader.Load(NasTypeLoader.BuiltInFolder, _own, RadiusDictionary.BuiltIn);

    private string Write(string name, string json)
    {
        string file = Path.Combine(_own, name);
        File.WriteAllText(file, json);
        return file;
    }
}
