package com.example.dialogfragment;

import android.app.AlertDialog;
import android.app.Dialog;
import android.app.DialogFragment;
import android.content.DialogInterface;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Ask extends DialogFragment implements DialogInterface.OnClickListener {
    @Override
    public Dialog onCreateDialog(Bundle state) {
        Log.i("ask", Settings.Secure.getString(getActivity().getContentResolver(), "android_id"));
        return new AlertDialog.Builder(getActivity()).setMessage("同意《隐私政策》？")
            .setPositiveButton("同意", this).setNegativeButton("不同意", this).create();
    }

    @Override
    public void onClick(DialogInterface dialog, int which) {
        if (which == DialogInterface.BUTTON_POSITIVE) {
            Log.i("ask", ((TelephonyManager) getActivity().getSystemService("phone")).getDeviceId());
        } else {
            getActivity().finish();
        }
    }
}
