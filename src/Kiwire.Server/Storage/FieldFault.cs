namespace Kiwire.Server.Storage;

/// <summary>What is wrong with one field of something that was to be saved.</summary>
/// <param name="Field">The field, as the API names it.</param>
/// <param name="Message">A sentence that names the field, its fault and what would be right; never a secret.</param>
internal sealed record FieldFault(string Field, string Message);
