namespace Kiwire.Snmp;

/// <summary>One mistake in a MIB file.</summary>
/// <param name="File">The file, as it was named to the reader.</param>
/// <param name="Line">The line in it, from 1; 0: the file as a whole.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record MibError(string File, int Line, string Message)
{
    /// <summary>"file, line 7: message".</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : FormattableString.Invariant($"{File}, line {Line}: {Message}");
}
