using System.CommandLine;
using System.Text;

namespace Kiwire.Server;

/// <summary>What the command line says: the demo's switches, and any configuration key as <c>--Kiwire:Key=value</c>.</summary>
internal sealed record CommandLine
{
    public bool Demo { get; private init; }

    /// <summary>How many users the demo adds besides its own; 0: none.</summary>
    public int DemoUsers { get; private init; }

    /// <summary>The arguments that are configuration, for the configuration builder.</summary>
    public string[] Configuration { get; private init; } = [];

    /// <summary>Reads the arguments; null: there was nothing to run (help, version, or an error), and <paramref name="exitCode"/> says which.</summary>
    public static CommandLine? Parse(string[] arguments, TextWriter output, TextWriter error, out int exitCode)
    {
        Option<bool> demo = new("--demo") { Description = "Start with demonstration data, on loopback, in a data directory of its own." };
        Option<int> demoUsers = new("--demo-users") { Description = "With --demo: add this many users, user000000 / pass000000 and on, for load tests.", HelpName = "N" };
        demoUsers.Validators.Add(result =>
        {
            if (result.GetValue(demoUsers) is < 0 or > 10_000_000)
            {
                result.AddError("--demo-users: a number from 0 to 10000000 is wanted.");
            }
        });
        RootCommand root = new(HelpText()) { demo, demoUsers };
        root.TreatUnmatchedTokensAsErrors = false;
        ParseResult parsed = root.Parse(arguments);
        exitCode = 0;
        bool isHelp = arguments.Any(argument => argument is "--help" or "-h" or "-?" or "--version");
        if (isHelp)
        {
            exitCode = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
            return null;
        }

        List<string> faults = [.. parsed.Errors.Select(fault => fault.Message)];
        foreach (string token in parsed.UnmatchedTokens)
        {
            if (!IsConfiguration(token))
            {
                faults.Add($"'{token}' is not understood. Configuration is given as --Kiwire:Key=value; --help lists all keys.");
            }
        }

        if (parsed.GetValue(demoUsers) > 0 && !parsed.GetValue(demo))
        {
            faults.Add("--demo-users adds to the demo's data: it needs --demo.");
        }

        if (faults.Count > 0)
        {
            faults.ForEach(error.WriteLine);
            exitCode = 1;
            return null;
        }

        return new CommandLine
        {
            Demo = parsed.GetValue(demo),
            DemoUsers = parsed.GetValue(demoUsers),
            Configuration = [.. parsed.UnmatchedTokens],
        };
    }

    private static bool IsConfiguration(string token) =>
        (token.StartsWith("--Kiwire:", StringComparison.OrdinalIgnoreCase) || token.StartsWith("--Logging:", StringComparison.OrdinalIgnoreCase))
        && token.Contains('=', StringComparison.Ordinal);

    private static string HelpText()
    {
        StringBuilder text = new("Kiwire.Radius: a RADIUS server for guest Wi-Fi and subscriber networks.\n\n");
        text.AppendLine("Configuration comes from appsettings.json, the environment (Kiwire__Radius__Authentication__0=...) and the command line (--Kiwire:Key=value), the later over the earlier:");
        text.AppendLine();
        foreach (KiwireKey key in KiwireKeys.All)
        {
            text.Append("  ").AppendLine(key.Key).Append("      ").AppendLine(key.Meaning).Append("      Default: ").AppendLine(key.Default);
        }

        return text.ToString();
    }
}
