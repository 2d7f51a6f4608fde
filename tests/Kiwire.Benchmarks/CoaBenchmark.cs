using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kiwire.Benchmarks;

/// <summary>
/// 10 000 sessions on 100 NASes are disconnected at once, by the program as it runs, log and all: first all NASes answer, then ten of them
/// never do, and the ninety others must not be slower for it.
/// </summary>
internal static class CoaBenchmark
{
    private const int NasCount = 100;
    private const int SilentCount = 10;
    private const int SessionsPerNas = 100;
    private const long Tenant = TenantDirectory.DefaultTenantId;

    private static readonly SharedSecret Secret = new("testing123");

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-coa-").FullName;
        CommandLine commandLine = CommandLine.Parse(
            [
                "--demo", "--Kiwire:DataDirectory=" + Path.Combine(directory, "data"), "--Kiwire:Radius:Authentication:0=127.0.0.1:0",
                "--Kiwire:Radius:Accounting:0=127.0.0.1:0", "--Kiwire:Http:Urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Error",
            ],
            TextWriter.Null, Console.Error, out _)!;
        Nas[] nases = [.. Enumerable.Range(0, NasCount).Select(_ => new Nas())];
        WebApplication application = KiwireServer.Build(commandLine);
        await application.StartAsync();
        try
        {
            long[] ids = await AddNasesAsync(application.Services, nases);
            List<double> lively = [], mixed = [];
            for (int round = 0; round < settings.Rounds; round++)
            {
                await AccountAsync(application.Services, ids, round * 2, AccountingStatus.Start);
                (double ninety, double all) = await DisconnectAsync(application.Services, ids);
                Print($"all answer: {NasCount * SessionsPerNas} sessions in {all:f2} s, the first ninety NASes in {ninety:f2} s");
                lively.Add(ninety);
                await AccountAsync(application.Services, ids, round * 2, AccountingStatus.Stop);

                await AccountAsync(application.Services, ids, (round * 2) + 1, AccountingStatus.Start);
                Array.ForEach(nases[^SilentCount..], nas => nas.IsSilent = true);
                (ninety, all) = await DisconnectAsync(application.Services, ids);
                Array.ForEach(nases[^SilentCount..], nas => nas.IsSilent = false);
                Print($"ten are silent: the other ninety in {ninety:f2} s; those ten given up after {all:f2} s");
                mixed.Add(ninety);
                await AccountAsync(application.Services, ids, (round * 2) + 1, AccountingStatus.Stop);
            }

            double ratio = BenchmarkSettings.Median(mixed) / BenchmarkSettings.Median(lively);
            Print($"the ninety took {ratio:f2} times as long beside ten silent ones (median of {settings.Rounds}; to be under 1.10), {BenchmarkSettings.Median(lively):f2} s alone (to be under 5)");
            return ratio < 1.1 && BenchmarkSettings.Median(lively) < 5 ? 0 : 2;
        }
        finally
        {
            await application.StopAsync();
            await application.DisposeAsync();
            Array.ForEach(nases, nas => nas.Dispose());
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<long[]> AddNasesAsync(IServiceProvider services, Nas[] nases)
    {
        long[] ids = new long[NasCount];
        for (int i = 0; i < NasCount; i++)
        {
            SaveOutcome saved = await services.GetRequiredService<NasRegister>().CreateAsync(
                Tenant, new NasSettings { Identity = $"bench-{i}", Address = "127.0.0.1", Secret = "testing123", CoaPort = nases[i].Port }, default);
            ids[i] = ((SaveOutcome.Saved)saved).Id;
        }

        return ids;
    }

    /// <summary>Has accounting open or end the sessions, and waits for the database and for the log to have caught up.</summary>
    private static async Task AccountAsync(IServiceProvider services, long[] ids, int series, AccountingStatus status)
    {
        SessionStore store = services.GetRequiredService<SessionStore>();
        CoaLog log = services.GetRequiredService<CoaLog>();
        Append(services.GetRequiredService<LiveSessions>(), services.GetRequiredService<IdSource>(), ids, series, status);
        int wanted = status == AccountingStatus.Start ? NasCount * SessionsPerNas : 0;
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while ((await store.CountOpenAsync(Tenant, default) != wanted || log.Backlog > 0) && await timer.WaitForNextTickAsync())
        {
        }
    }

    private static void Append(LiveSessions live, IdSource records, long[] ids, int series, AccountingStatus status)
    {
        byte[] buffer = new byte[AccountingRecord.MaximumLength];
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (int i = 0; i < NasCount * SessionsPerNas; i++)
        {
            AccountingRecord record = new()
            {
                Status = status,
                TenantId = Tenant,
                NasId = ids[i % NasCount],
                RecordId = records.Next(),
                ReceivedAt = now,
                EventAt = now,
                SourceAddress = new UInt128(0, 0xffff_7f00_0001),
                SessionSeconds = AccountingNews.Absent,
                OctetsIn = AccountingNews.Absent,
                OctetsOut = AccountingNews.Absent,
                NasPort = AccountingNews.Absent,
                SessionId = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"s{series}-{i:x6}")),
                UserName = "alice"u8,
                CallingStationId = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"02-00-00-{i >> 16:X2}-{(i >> 8) & 0xff:X2}-{i & 0xff:X2}")),
            };
            if (live.Append(record, buffer.AsSpan(0, record.Write(buffer)), null, 0) != JournalAppend.Taken)
            {
                throw new InvalidOperationException("The journal takes nothing.");
            }
        }
    }

    /// <summary>Disconnects all at once.</summary>
    /// <returns>Seconds until the first ninety NASes were done, and until all were.</returns>
    private static async Task<(double Ninety, double All)> DisconnectAsync(IServiceProvider services, long[] ids)
    {
        SessionControl control = services.GetRequiredService<SessionControl>();
        long began = Stopwatch.GetTimestamp();
        Task<IReadOnlyList<SessionAnswer>>[] all = [.. ids.Select(id => Task.Run(() => control.DisconnectNasAsync(Tenant, id, CoaReason.ByHand, default)))];
        IReadOnlyList<SessionAnswer>[] ninety = await Task.WhenAll(all[..(NasCount - SilentCount)]);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        int acknowledged = ninety.Sum(answers => answers.Count(answer => answer.IsSuccess));
        if (acknowledged < (NasCount - SilentCount) * SessionsPerNas)
        {
            throw new InvalidOperationException($"Only {acknowledged} were acknowledged.");
        }

        _ = await Task.WhenAll(all);
        return (seconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A NAS on loopback that acknowledges at once, or says nothing.</summary>
    private sealed class Nas : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        public Nas()
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _ = AnswerAsync();
        }

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public bool IsSilent { get; set; }

        public void Dispose() => _socket.Dispose();

        private async Task AnswerAsync()
        {
            byte[] buffer = new byte[4096];
            PacketWriter writer = new(64);
            SocketAddress from = new(AddressFamily.InterNetwork);
            try
            {
                while (true)
                {
                    int length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from);
                    if (!IsSilent)
                    {
                        Answer(buffer.AsSpan(0, length), writer, from);
                    }
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The benchmark is over.
            }
        }

        private void Answer(ReadOnlySpan<byte> datagram, PacketWriter writer, SocketAddress from)
        {
            if (PacketView.TryParse(datagram, out PacketView request, out _))
            {
                writer.Begin(RadiusCode.DisconnectAck, request.Identifier, request.Authenticator, messageAuthenticator: false);
                writer.FinishResponse(Secret);
                _socket.SendTo(writer.Octets, SocketFlags.None, from);
            }
        }
    }
}
