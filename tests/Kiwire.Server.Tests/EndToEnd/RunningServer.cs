using Kiwire.Server.Accounts;
using Kiwire.Server.Listening;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>The whole program inside the test's process: the demo's data, free loopback ports, a data directory of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(15);

    private readonly WebApplication _application;
    private readonly string _directory;

    private RunningServer(WebApplication application, string directory)
    {
        _application = application;
        _directory = directory;
        IReadOnlyList<RadiusEndPoint> endPoints = Get<RadiusListeners>().EndPoints;
        AuthenticationPort = endPoints.First(endPoint => endPoint.Purpose == ListenerPurpose.Authentication).EndPoint.Port;
        AccountingPort = endPoints.First(endPoint => endPoint.Purpose == ListenerPurpose.Accounting).EndPoint.Port;
    }

    public int AuthenticationPort { get; }

    public int AccountingPort { get; }

    public Uri Http => new(_application.Urls.First());

    public static Task<RunningServer> StartAsync(params string[] options) => StartAsync(null, options);

    /// <summary>Starts it with a clock of the test's.</summary>
    public static async Task<RunningServer> StartAsync(TimeProvider? time, params string[] options)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-e2e-").FullName;
        CommandLine commandLine = CommandLine.Parse(
            [
                "--demo", "--Kiwire:DataDirectory=" + Path.Combine(directory, "data"), "--Kiwire:Radius:Authentication:0=127.0.0.1:0",
                "--Kiwire:Radius:Accounting:0=127.0.0.1:0", "--Kiwire:Http:Urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning",
                // Tests ask faster than people and their programs do.
                "--Kiwire:Http:LoginsPerMinute=1000000", "--Kiwire:Http:CallerBurst=1000000", "--Kiwire:Http:AddressBurst=1000000",
                // What polls find changes by itself.
                "--Kiwire:Devices:Poll=false", .. options,
            ],
            TextWriter.Null,
            TextWriter.Null,
            out _)!;
        WebApplication application = KiwireServer.Build(commandLine, time);
        await application.StartAsync();
        return new RunningServer(application, directory);
    }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <summary>Makes a user of the demo's tenant.</summary>
    public async Task CreateUserAsync(AccountSettings settings) =>
        Assert.That(await Get<AccountStore>().CreateUserAsync(TenantDirectory.DefaultTenantId, settings, default), Is.InstanceOf<SaveOutcome.Saved>());

    /// <summary>Makes a profile of the demo's tenant.</summary>
    public async Task CreateProfileAsync(ProfileSettings settings) =>
        Assert.That(await Get<ProfileStore>().CreateAsync(TenantDirectory.DefaultTenantId, settings, default), Is.InstanceOf<SaveOutcome.Saved>());

    /// <summary>Gives the demo's tenant a policy, which holds from now on.</summary>
    public async Task SetPolicyAsync(TenantPolicy policy)
    {
        await Get<CommitQueue>().EnqueueAsync(
            async unit => await TenantStore.UpdateAsync(unit, (await TenantStore.GetAsync(unit, TenantDirectory.DefaultTenantId))! with { Policy = policy }), default);
        await Get<TenantDirectory>().LoadAsync(default);
    }

    /// <summary>Reads until what was read is as it should be: what reaches the database behind an answer. Ends with the test's own time.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Predicate<T> done, CancellationToken cancellationToken)
    {
        while (true)
        {
            T value = await read();
            if (done(value))
            {
                return value;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                // Not Assert.That, which within Assert.EnterMultipleScope goes on.
                throw new AssertionException($"It stayed {value}");
            }

            // Looked at over and over, it would keep the processor from those who do what is waited for, and go past the rates of a server with limits.
            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
