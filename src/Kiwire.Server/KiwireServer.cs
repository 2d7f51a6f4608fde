using Kiwire.Server.Accounts;
using Kiwire.Server.Api;
using Kiwire.Server.Authentication;
using Kiwire.Server.Demo;
using Kiwire.Server.Http;
using Kiwire.Server.Devices;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Listening;
using Kiwire.Server.Mail;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Portal;
using Kiwire.Server.Sessions;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Telemetry;
using Kiwire.Server.Tenants;
using Microsoft.Extensions.Options;

namespace Kiwire.Server;

/// <summary>The program: its rooms in the order in which they start, and its pages.</summary>
internal static class KiwireServer
{
    /// <summary>Runs until told to stop. The exit code is 0 after a clean stop, 1 where it could not start or had to stop.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        CommandLine? commandLine = CommandLine.Parse(arguments, output, error, out int exitCode);
        if (commandLine is null)
        {
            return exitCode;
        }

        try
        {
            await using WebApplication application = Build(commandLine);
            application.Services.GetService<IStartupValidator>()?.Validate();
            await application.StartAsync().ConfigureAwait(false);
            Greeting.Write(application, commandLine, output);
            await application.WaitForShutdownAsync().ConfigureAwait(false);

            // A room that dies sets it and stops the program: half alive is worse than restarted.
            return Environment.ExitCode;
        }
        catch (Exception e) when (StartUpFault.Describe(e) is { } faults)
        {
            foreach (string fault in faults)
            {
                await error.WriteLineAsync("Kiwire cannot start: " + fault).ConfigureAwait(false);
            }

            return 1;
        }
    }

    /// <summary>Puts the program together, without starting it.</summary>
    /// <param name="commandLine">What it was started with.</param>
    /// <param name="time">The clock; the system's when not given.</param>
    public static WebApplication Build(CommandLine commandLine, TimeProvider? time = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
            .AddInMemoryCollection(commandLine.Demo ? DemoSettings.Defaults : [])
            .AddEnvironmentVariables()
            .AddCommandLine(commandLine.Configuration);
        CheckKeys(builder.Configuration, commandLine);

        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        // What keeps the host from starting is said by StartUpFault, in a sentence; a room that dies later is Critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        builder.AddHttp();

        builder.Services
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<ServerHealth>()
            .AddSingleton<IServerHealth>(provider => provider.GetRequiredService<ServerHealth>())
            .AddStorage(builder.Configuration)
            .AddTelemetryRoom(builder.Configuration)
            .AddTenants(commandLine.Demo ? DemoServices.Credentials : null)
            .AddNetwork()
            .AddAccounts(builder.Configuration)
            .AddSessions(builder.Configuration)
            .AddSms(builder.Configuration)
            .AddOneTimeCodes()
            .AddAuthenticationRoom(builder.Configuration)
            .AddMail(builder.Configuration)
            .AddDevices(builder.Configuration)
            .AddDynamicAuthorization()
            .AddPortal()
            .AddApi()
            .AddDemo(commandLine, builder.Configuration)
            .AddListening(builder.Configuration)
            .AddHostedService(SystemdNotices.Create);

        WebApplication application = builder.Build();
        application.UseHttp();
        application.UseApi();
        application.MapApi();
        application.MapTelemetry();
        ServerHealth.Map(application);
        return application;
    }

    private static void CheckKeys(ConfigurationManager configuration, CommandLine commandLine)
    {
        List<string> faults = [.. KiwireKeys.FindUnknown(configuration)];
        if (commandLine.Demo)
        {
            faults.AddRange(DemoSettings.FindExposed(configuration));
        }

        if (faults.Count > 0)
        {
            throw new StartUpException(string.Join('\n', faults));
        }
    }
}
