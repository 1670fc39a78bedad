package com.example.boxapksfeature;

import android.app.Activity;

public class Main extends Activity { }
