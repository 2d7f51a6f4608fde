using System.Text.RegularExpressions;
using Kiwire.Tests.Support;

namespace Kiwire.Server.Tests;

/// <summary>docs/architecture.md: which room may know which. Held by reading the sources.</summary>
[TestFixture]
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Storage"] = [],
        ["Telemetry"] = ["Storage", "Web"],
        ["Web"] = ["Storage"],
        ["Http"] = ["Storage", "Telemetry", "Web"],
        ["Tenants"] = ["Storage", "Web"],
        ["Network"] = ["Storage", "Web"],
        ["Accounts"] = ["Network", "Tenants", "Storage", "Web"],
        ["Sessions"] = ["Accounts", "Network", "Tenants", "Storage", "Telemetry", "Web"],
        ["Authentication"] = ["Accounts", "Network", "OneTimeCodes", "Sessions", "Sms", "Tenants", "Storage", "Telemetry"],
        ["Devices"] = ["Mail", "Network", "Sessions", "Tenants", "Storage", "Web"],
        ["Mail"] = [],
        ["Sms"] = ["Storage", "Tenants", "Web"],
        ["OneTimeCodes"] = ["Accounts", "Network", "Sms", "Tenants", "Storage", "Telemetry", "Web"],
        ["DynamicAuthorization"] = ["Accounts", "Authentication", "Network", "Sessions", "Tenants", "Storage", "Telemetry", "Web"],
        ["Portal"] = ["DynamicAuthorization", "Http", "Network", "OneTimeCodes", "Sms", "Storage", "Tenants", "Web"],
        ["Listening"] = ["Network", "Storage", "Telemetry"],
        ["Api"] = ["Accounts", "Authentication", "Devices", "DynamicAuthorization", "Http", "Listening", "Mail", "Network", "OneTimeCodes", "Portal", "Sessions", "Sms", "Storage", "Telemetry", "Tenants", "Web"],
    };

    [TestCaseSource(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_it_may(string room)
    {
        List<string> faults = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Kiwire.Server", room), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match use in RoomUse().Matches(File.ReadAllText(file)))
            {
                string used = use.Groups["room"].Value;
                if (used != room && MayKnow.ContainsKey(used) && !MayKnow[room].Contains(used))
                {
                    faults.Add($"{Path.GetFileName(file)} uses {used}");
                }
            }
        }

        Assert.That(faults, Is.Empty, $"{room} may know: {string.Join(", ", MayKnow[room])}");
    }

    [Test]
    public void Every_room_is_in_the_table()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src/Kiwire.Server")).Select(path => Path.GetFileName(path)!)];

        Assert.That(folders.Except(["bin", "obj", "Demo"]), Is.EquivalentTo(MayKnow.Keys));
    }

    [Test]
    public void Every_option_is_in_the_README()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.That(KiwireKeys.All.Select(key => key.Key).Where(key => !readme.Contains($"`{key}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_option_is_a_known_key_and_every_known_key_an_option()
    {
        string[] options = [.. typeof(KiwireKeys).Assembly.GetTypes()
            .Where(type => type.GetField("Section")?.IsLiteral == true)
            .SelectMany(type => type.GetProperties().Select(property =>
                $"{type.GetField("Section")!.GetRawConstantValue()}:{property.Name}{(property.PropertyType.IsGenericType ? ":N" : "")}"))];

        Assert.That(KiwireKeys.All.Select(key => key.Key), Is.EquivalentTo(options));
    }

    private static Dictionary<string, string[]>.KeyCollection Rooms() => MayKnow.Keys;

    [GeneratedRegex(@"Kiwire\.Server\.(?<room>[A-Z]\w+)|(?<=\s)(?<room>Storage|Network|Tenants|Accounts|Sessions|Authentication|Devices|DynamicAuthorization|Portal|Listening|Telemetry|Http|Mail|Web|Api)\.[A-Z]\w+")]
    private static partial Regex RoomUse();
}
