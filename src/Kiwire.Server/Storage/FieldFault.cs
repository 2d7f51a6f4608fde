namespace Kiwire.Server.Storage;

/// <summary>What is wrong with one field of something that was to be saved.</summary>
/// <param name="Field">The field, as the settings and /api/v1 name it.</param>
/// <param name="Fault">The sentence's rest: its fault and what would be right, without the name in front; never a secret.</param>
internal sealed record FieldFault(string Field, string Fault)
{
    /// <summary>The whole sentence.</summary>
    public string Message => $"{Field} {Fault}";
}
