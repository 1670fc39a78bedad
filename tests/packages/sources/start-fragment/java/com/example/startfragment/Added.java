package com.example.startfragment;

import android.app.Activity;
import android.app.Fragment;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.view.LayoutInflater;
import android.view.View;
import android.view.ViewGroup;

public class Added extends Fragment {
    @Override
    public void onAttach(Activity activity) {
        super.onAttach(activity);
        Log.i("added", ((TelephonyManager) activity.getSystemService("phone")).getDeviceId());
    }

    @Override
    public View onCreateView(LayoutInflater inflater, ViewGroup parent, Bundle state) {
        Log.i("added", Settings.Secure.getString(getActivity().getContentResolver(), "android_id"));
        return null;
    }
}
