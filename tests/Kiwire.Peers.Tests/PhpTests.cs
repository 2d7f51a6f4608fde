using System.Globalization;

namespace Kiwire.Peers.Tests;

/// <summary>
/// Existing integrations are PHP: md5() for the proofs, curl that is given an array, json_decode(). The sample client is one; here it runs
/// through a guest's day, with radclient as the NAS.
/// </summary>
[TestFixture]
public class PhpTests
{
    private const string Prelude = """
        require $argv[1];
        $client = new KiwireClient('http://127.0.0.1:' . $argv[2], 'default', 'admin', 'demo-password', 'demo-api-key');
        function attempt(callable $call): void
        {
            try {
                echo json_encode($call(), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
            } catch (KiwireError $error) {
                echo 'error: ', $error->getMessage(), "\n";
            }
        }

        """;

    private const string Before = """
        attempt(fn () => $client->call('user/create', ['username' => 'gäst/7', 'password' => 'a+b & c', 'profile' => 'gold', 'fullname' => '']));
        attempt(fn () => $client->call('user/get/' . rawurlencode('gäst/7')));
        attempt(fn () => array_keys($client->call('admin/create', ['username' => 'php', 'groupname' => 'operator', 'monitor' => 'Y', 'temp_pass' => false])[0]));
        attempt(fn () => $client->call('admin/get/php'));
        attempt(fn () => count($client->call('voucher/create', ['qty' => 3, 'prefix' => 'PHP-'])));
        attempt(fn () => $client->call('profile/create', ['profile-name' => 'php', 'price' => 9.5, 'bwdown' => 1024]));
        attempt(fn () => array_column($client->call('profile/get/php'), 'price'));
        """;

    // The session reaches the history a moment after its answer. Asked again and again, it is by one client: log-ins are counted, and wrong ones more so.
    private const string After = """
        for ($until = time() + 120; time() < $until && count($client->call('login/history/' . rawurlencode('gäst/7'))) === 0; usleep(100000)) {
        }

        attempt(fn () => array_map(fn ($row) => [$row['username'], $row['nas-id'], $row['session_time'], $row['octets_out'], $row['open']], $client->call('login/history/' . rawurlencode('gäst/7'))));
        attempt(fn () => $client->call('login/history', ['start_time' => '2017-06-08 00:00:00', 'end_time' => '2017-06-08 23:59:59']));
        attempt(fn () => $client->call('user/get/nobody'));
        attempt(fn () => (new KiwireClient('http://127.0.0.1:' . $argv[2], 'default', 'admin', 'wrong', 'demo-api-key'))->call('user/get'));
        attempt(fn () => (new KiwireClient('http://127.0.0.1:' . $argv[2], 'default', 'admin', 'demo-password', 'wrong'))->call('user/get'));
        attempt(fn () => (new KiwireClient('http://127.0.0.1:' . $argv[2], 'nobody', 'admin', 'demo-password', 'demo-api-key'))->call('user/get'));
        """;

    [Test]
    public async Task The_sample_client_makes_a_guest_who_logs_in_and_reads_the_session()
    {
        string php = RequirePhp();
        string radclient = Peer.Require("radclient", "freeradius-utils");
        await using DemoServer server = await DemoServer.StartAsync();

        string before = await RunAsync(php, Before, server);
        string login = await Child.RunAsync(
            "sh", "-c", """printf '%s\n' "User-Name = 'gäst/7', User-Password = 'a+b & c', Calling-Station-Id = 02-AA-00-00-00-01" | "$0" -x "127.0.0.1:$1" auth testing123""",
            radclient, Text(server.Process.AuthenticationPort));
        _ = await Child.RunAsync(
            "sh", "-c",
            """printf '%s\n' "User-Name = 'gäst/7', Acct-Status-Type = Stop, Acct-Session-Id = php-1, Acct-Session-Time = 90, Acct-Output-Octets = 5000, Calling-Station-Id = 02-AA-00-00-00-01" | "$0" -x "127.0.0.1:$1" acct testing123""",
            radclient, Text(server.Process.AccountingPort));
        string after = await RunAsync(php, After, server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(before), Is.EqualTo((string[])[
                "[]",
                """[{"username":"gäst/7","fullname":"","email":"","phone":"","profile":"gold","remark":"","status":"active","allownas":"none","expiry":"","mac":"","integration":"","statistics":""}]""",
                """["username","password"]""",
                """[{"username":"php","groupname":"operator","fullname":"","monitor":"y","email":"","temp_pass":false}]""",
                "3",
                "[]",
                "[9.5]"]));
            Assert.That(login, Does.Contain("Received Access-Accept"));
            Assert.That(Lines(after), Is.EqualTo((string[])[
                """[["gäst/7","demo-nas",90,5000,false]]""",
                "[]",
                "error: username 'nobody' does not exist.",
                "error: not valid user",
                "error: invalid api key",
                "error: cloud id not found"]));
        }
    }

    [Test]
    public async Task The_sample_client_prints_what_it_is_answered()
    {
        string php = RequirePhp();
        await using DemoServer server = await DemoServer.StartAsync();

        string output = await Child.RunAsync(
            "env", "KIWIRE_URL=http://127.0.0.1:" + Text(server.Process.HttpPort), php, Sample, "nas/get/lobby-ap");

        Assert.That(output, Does.Contain("\"nas-id\": \"lobby-ap\"").And.Contain("\"ports\": 3799").And.Not.Contain("testing123"));
    }

    private static string Sample => Path.Combine(Repository.Root, "samples/php/kiwire-client.php");

    private static string RequirePhp()
    {
        string php = Peer.Require("php", "php-cli");
        if (!Directory.EnumerateFiles("/usr/lib/php", "curl.so", SearchOption.AllDirectories).Any())
        {
            Peer.Missing("PHP's curl is not installed (Debian package php-curl)");
        }

        return php;
    }

    private static Task<string> RunAsync(string php, string script, DemoServer server) =>
        Child.RunAsync(php, "-r", Prelude + script, "--", Sample, Text(server.Process.HttpPort));

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
