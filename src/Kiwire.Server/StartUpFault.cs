using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Kiwire.Server;

/// <summary>Turns what keeps the program from starting into sentences for whoever started it.</summary>
internal static class StartUpFault
{
    /// <summary>The sentences; null: this is a bug, and its stack trace is of use.</summary>
    public static IReadOnlyList<string>? Describe(Exception exception) => exception switch
    {
        StartUpException e => e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        OptionsValidationException e => [.. e.Failures],
        AggregateException e when e.InnerExceptions.All(inner => Describe(inner) is not null) => [.. e.InnerExceptions.SelectMany(inner => Describe(inner)!)],
        IOException e when e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException =>
            [$"{e.Message} Set Kiwire:Http:Urls to another address, or stop the program that uses it."],
        InvalidOperationException e when e.Message.Contains("Failed to convert configuration value", StringComparison.Ordinal) =>
            [ConversionFault(e)],
        FormatException e when e.Message.Contains("url", StringComparison.OrdinalIgnoreCase) => [$"Kiwire:Http:Urls: {e.Message}"],
        InvalidDataException e when e.Message.Contains("appsettings", StringComparison.Ordinal) => [FileFault(e)],
        _ => null,
    };

    /// <summary>Names the file, and the line where it is no JSON.</summary>
    private static string FileFault(InvalidDataException fault) => fault.InnerException switch
    {
        FormatException { InnerException: JsonException { LineNumber: { } line } } => $"{fault.Message} It is no JSON: look at line {line + 1}.",
        { } inner => $"{fault.Message} {inner.Message}",
        null => fault.Message,
    };

    /// <summary>Names the option, the value, and the words that would be right where there are only some.</summary>
    private static string ConversionFault(InvalidOperationException fault)
    {
        string key = KiwireKeys.All.FirstOrDefault(known => fault.Message.Contains($"'{known.Key}'", StringComparison.OrdinalIgnoreCase))?.Key ?? "";
        string wanted = key switch
        {
            "Kiwire:Storage:Provider" => string.Join(" or ", Enum.GetNames<Storage.StorageProvider>()),
            "Kiwire:Accounting:AnswerAfter" => string.Join(" or ", Enum.GetNames<Sessions.AnswerAfter>()),
            "Kiwire:Telemetry:MetricsAccess" => string.Join(" or ", Enum.GetNames<Telemetry.MetricsAccess>()),
            "" => "",
            _ when fault.Message.Contains("'System.Boolean'", StringComparison.Ordinal) => "true or false",
            _ => "a whole number",
        };
        return wanted.Length == 0 ? fault.Message : $"{fault.Message.Split(" to type", 2)[0]}: {wanted} is wanted.";
    }
}
