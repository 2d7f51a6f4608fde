using System.Globalization;
using System.Net;
using System.Text;
using Kiwire.Snmp;

namespace Kiwire.Peers.Tests;

/// <summary>snmpsim, an agent that plays back records of devices: a switch of 300 ports, values at their limits, and an object that takes its time.</summary>
[TestFixture]
public sealed class SnmpsimTests
{
    private const int Ports = 300;

    private static readonly ObjectId Slow = ObjectId.Parse("1.3.6.1.4.1.9999.9");
    private static readonly ObjectId SysDescr = ObjectId.Parse("1.3.6.1.2.1.1.1.0");

    private string _scratch = "";
    private Child _simulator = null!;
    private IPEndPoint _endPoint = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        string program = Peer.Require("snmpsimd", "snmpsim");
        _scratch = Directory.CreateTempSubdirectory("kiwire-snmpsim-").FullName;
        string data = Directory.CreateDirectory(Path.Combine(_scratch, "data")).FullName;
        string cache = Directory.CreateDirectory(Path.Combine(_scratch, "cache")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "public.snmprec"), Records());
        _endPoint = new IPEndPoint(IPAddress.Loopback, FreePort.Take());

        // As root it insists on becoming somebody else, who must be let in.
        List<string> user = [];
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            user = ["--process-user=nobody", "--process-group=nogroup"];
            foreach (string directory in (string[])[_scratch, data, cache])
            {
                File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                    | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
            }
        }

        (_simulator, _) = await Child.StartAsync(
            program,
            ["--data-dir=" + data, "--cache-dir=" + cache, string.Create(CultureInfo.InvariantCulture, $"--agent-udpv4-endpoint={_endPoint}"), .. user],
            static line => line.Contains("Listening at UDP/IPv4 endpoint", StringComparison.Ordinal),
            TimeSpan.FromMinutes(3),
            new Dictionary<string, string> { ["PYTHONUNBUFFERED"] = "1" });
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _simulator?.Dispose();
        if (_scratch.Length > 0)
        {
            Directory.Delete(_scratch, recursive: true);
        }
    }

    [TestCase(SnmpVersion.V1, "snmpwalk", "-v1")]
    [TestCase(SnmpVersion.V2c, "snmpbulkwalk", "-v2c")]
    [CancelAfter(300_000)]
    public async Task A_walk_reads_what_Net_SNMP_does(SnmpVersion version, string program, string option, CancellationToken cancellationToken)
    {
        string theirs = await Child.RunAsync(
            Peer.Require(program, "snmp"), option, "-c", "public", "-t", "20", "-m", "", "-On", string.Create(CultureInfo.InvariantCulture, $"{_endPoint}"), ".1.3.6.1.2");
        await using SnmpClient client = new();
        SnmpTarget target = new(_endPoint, new CommunityCredentials(version, "public")) { Timeout = TimeSpan.FromSeconds(20) };

        StringBuilder ours = new();
        int count = 0;
        await foreach (VariableBinding binding in client.WalkAsync(target, ObjectId.Parse("1.3.6.1.2"), cancellationToken))
        {
            ours.Append(CultureInfo.InvariantCulture, $"{binding}\n");
            count++;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.GreaterThan(5 * Ports));
            Assert.That(ours.ToString(), Is.EqualTo(theirs));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Values_at_their_limits_are_read_right(CancellationToken cancellationToken)
    {
        await using SnmpClient client = new();
        SnmpTarget target = new(_endPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromSeconds(20) };
        ObjectId limits = ObjectId.Parse("1.3.6.1.4.1.9999.1");

        VariableBinding[] bindings = await client.GetAsync(target, Enumerable.Range(1, 6).Select(i => limits.Append((uint)i)).ToArray(), cancellationToken);

        Assert.That(
            bindings.Select(binding => binding.Value),
            Is.EqualTo((SnmpValue[])
            [
                SnmpValue.Integer32(int.MinValue), SnmpValue.Gauge32(uint.MaxValue), SnmpValue.Counter64(ulong.MaxValue),
                SnmpValue.Opaque([0x9F, 0x78, 4, 0x3E, 0x80, 0, 0]), SnmpValue.OctetString(""), SnmpValue.TimeTicks(uint.MaxValue),
            ]));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task One_that_takes_too_long_has_not_answered_and_its_late_answer_is_nobody_s(CancellationToken cancellationToken)
    {
        await using SnmpClient client = new();
        SnmpTarget hurried = new(_endPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromMilliseconds(50), Retries = 0 };
        SnmpTarget patient = new(_endPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromSeconds(20) };

        SnmpOutcome late = await client.TryGetAsync(hurried, new[] { Slow }, cancellationToken);
        VariableBinding[] next = await client.GetAsync(patient, new[] { SysDescr }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.Fault, Is.EqualTo(SnmpFault.NoAnswer));
            Assert.That(next[0].Value.AsText, Is.EqualTo("a recorded switch"));
        }
    }

    private static string Records()
    {
        StringBuilder records = new();
        records.Append("1.3.6.1.2.1.1.1.0|4|a recorded switch\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.516\n1.3.6.1.2.1.1.3.0|67|4294967295\n");
        foreach ((int column, string type, Func<int, string> value) in ((int, string, Func<int, string>)[])
        [
            (1, "2", port => Text(port)),
            (2, "4", port => "GigabitEthernet0/" + Text(port)),
            (6, "4x", port => "001122aa" + port.ToString("x4", CultureInfo.InvariantCulture)),
            (8, "2", port => port % 2 == 0 ? "1" : "2"),
            (10, "65", port => Text(uint.MaxValue - port)),
            (14, "65", _ => "0"),
        ])
        {
            for (int port = 1; port <= Ports; port++)
            {
                records.Append(CultureInfo.InvariantCulture, $"1.3.6.1.2.1.2.2.1.{column}.{port}|{type}|{value(port)}\n");
            }
        }

        records.Append("1.3.6.1.2.1.4.20.1.1.10.0.0.1|64|10.0.0.1\n");
        records.Append("1.3.6.1.4.1.9999.1.1|2|-2147483648\n1.3.6.1.4.1.9999.1.2|66|4294967295\n1.3.6.1.4.1.9999.1.3|70|18446744073709551615\n");
        records.Append("1.3.6.1.4.1.9999.1.4|68x|9f78043e800000\n1.3.6.1.4.1.9999.1.5|4|\n1.3.6.1.4.1.9999.1.6|67|4294967295\n");
        records.Append(CultureInfo.InvariantCulture, $"{Slow}|2:delay|value=7,wait=1500\n");
        return records.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
